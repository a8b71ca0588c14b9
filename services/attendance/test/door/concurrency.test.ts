import { requestJson, tokenFor } from '@muster/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, checkIn, checkOut, countRows, createWorld, type World } from '../harness.ts';

let world: World;
let site: string;
beforeAll(async () => {
  world = await createWorld();
  site = await world.site('Asia/Kolkata');
});
afterAll(() => world.drop());

const statuses = (answers: { status: number }[]) =>
  Object.entries(Object.groupBy(answers, ({ status }) => String(status))).map(([status, all]) => [status, all?.length]);

describe('together', () => {
  it('accepts one of 200 parallel check-ins of one person', async () => {
    const ann = await world.person({ at: site });
    const token = await tokenFor(ann.actor);
    const second = world.another();
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        requestJson(index % 2 ? world.app : second, 'POST', '/api/attendance/check-in', { token, body: {} }),
      ),
    );
    expect(statuses(answers)).toEqual([
      ['201', 1],
      ['409', 199],
    ]);
    expect(await countRows(world.sql, ann.actor.id)).toEqual({ sessions: 1, punches: 1, outbox: 1 });
  });

  it('gives each of 200 retries with one key the same answer', async () => {
    const bob = await world.person({ at: site });
    const token = await tokenFor(bob.actor);
    const second = world.another();
    for (const path of ['check-in', 'check-out']) {
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, index) =>
          requestJson(index % 2 ? world.app : second, 'POST', `/api/attendance/${path}`, {
            token,
            headers: { 'idempotency-key': `tap-${path}` },
          }),
        ),
      );
      expect(statuses(answers)).toEqual([['201', 200]]);
      expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    }
    expect(await countRows(world.sql, bob.actor.id)).toEqual({ sessions: 1, punches: 2, outbox: 2 });
  });

  it('closes once under parallel check-outs', async () => {
    const cat = await world.person({ at: site });
    await checkIn(cat);
    expect(statuses(await Promise.all(Array.from({ length: 50 }, () => checkOut(cat))))).toEqual([
      ['201', 1],
      ['409', 49],
    ]);
    expect(await countRows(world.sql, cat.actor.id)).toEqual({ sessions: 1, punches: 2, outbox: 2 });
  });

  it('lets the neighbours of a bad row in', async () => {
    await world.sql`alter table punches add constraint poison check (notes is distinct from 'poison')`;
    const people = await Promise.all(Array.from({ length: 60 }, () => world.person({ at: site })));
    const answers = await Promise.all(
      people.map((one, index) => checkIn(one, { body: index === 17 ? { notes: 'poison' } : {} })),
    );
    await world.sql`alter table punches drop constraint poison`;
    expect(answers[17]).toMatchObject({ status: 500, body: { code: 'internal' } });
    expect(JSON.stringify(answers[17]?.body)).not.toContain('poison');
    expect(statuses(answers.filter((_, index) => index !== 17))).toEqual([['201', 59]]);
    const bad = people[17] as Client;
    expect(await countRows(world.sql, bad.actor.id)).toEqual({ sessions: 0, punches: 0, outbox: 0 });
  });

  it('settles many people crossing each other, in any order, without a deadlock', async () => {
    const people = await Promise.all(Array.from({ length: 40 }, () => world.person({ at: site })));
    const wanted = [...people, ...people.toReversed(), ...people];
    const inwards = await Promise.all(wanted.map((one) => checkIn(one)));
    expect(statuses(inwards)).toEqual([
      ['201', 40],
      ['409', 80],
    ]);
    const outwards = await Promise.all(wanted.toReversed().map((one) => checkOut(one)));
    expect(statuses(outwards)).toEqual([
      ['201', 40],
      ['409', 80],
    ]);
  });

  it('keeps every history alternating, whatever arrives together', async () => {
    const step = fc.record({ type: fc.constantFrom('in', 'out'), key: fc.option(fc.constantFrom('a', 'b', 'c')) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 }),
        async (waves) => {
          const one = await world.person({ at: site });
          let accepted = 0;
          const seen = new Set<string>();
          for (const wave of waves) {
            world.clock.advance({ minutes: 1 });
            const answers = await Promise.all(
              wave.map(({ type, key }) => {
                const request = key === null ? {} : { headers: { 'idempotency-key': `${type}-${key}` } };
                return type === 'in' ? checkIn(one, request) : checkOut(one, request);
              }),
            );
            for (const { status, body } of answers) {
              expect([201, 409]).toContain(status);
              const id = `${body.id} ${body.status}`;
              if (status === 201 && !seen.has(id)) accepted++;
              seen.add(id);
            }
          }
          const punches = await world.sql<{ type: string }[]>`
          select type from punches where employee_id = ${one.actor.id} order by occurred_at, id`;
          expect(punches.length).toBe(accepted);
          // Of one instant only the session tells which came first: compare by session.
          const sessions = await world.sql`
          select check_in_at, check_out_at from attendance_sessions where employee_id = ${one.actor.id} order by id`;
          expect(sessions.filter((row) => row.check_out_at === null).length).toBeLessThanOrEqual(1);
          expect(punches.filter(({ type }) => type === 'IN').length).toBe(sessions.length);
          expect(punches.filter(({ type }) => type === 'OUT').length).toBe(
            sessions.filter((row) => row.check_out_at !== null).length,
          );
          for (const [index, row] of sessions.slice(1).entries())
            expect(sessions[index]?.check_out_at?.getTime()).toBeLessThanOrEqual(row.check_in_at.getTime());
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('idempotency', () => {
  it('repeats the first answer after the session was closed, and opens nothing', async () => {
    const ann = await world.person({ at: site });
    const request = { body: { notes: 'first' }, headers: { 'idempotency-key': 'one' } };
    const first = await checkIn(ann, request);
    world.clock.advance({ hours: 1 });
    await checkOut(ann);
    world.clock.advance({ hours: 1 });
    const again = await checkIn(ann, request);
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(await countRows(world.sql, ann.actor.id)).toEqual({ sessions: 1, punches: 2, outbox: 2 });
  });

  it('repeats a check-out’s answer after the next check-in', async () => {
    const bob = await world.person({ at: site });
    await checkIn(bob);
    world.clock.advance({ hours: 1 });
    const first = await checkOut(bob, { headers: { 'idempotency-key': 'out' } });
    await checkIn(bob);
    const again = await checkOut(bob, { headers: { 'idempotency-key': 'out' } });
    expect(again.body).toEqual(first.body);
  });

  it('refuses the key for another body or another operation', async () => {
    const cat = await world.person({ at: site });
    const headers = { 'idempotency-key': 'k' };
    await checkIn(cat, { body: { notes: 'a' }, headers });
    const mismatch = { status: 422, body: { code: 'idempotency_mismatch' } };
    expect(await checkIn(cat, { body: { notes: 'b' }, headers })).toMatchObject(mismatch);
    expect(await checkOut(cat, { body: { notes: 'a' }, headers })).toMatchObject(mismatch);
  });

  it('keeps one person’s keys apart from another’s', async () => {
    const headers = { 'idempotency-key': 'same' };
    const [dan, eve] = [await world.person({ at: site }), await world.person({ at: site })];
    const answers = await Promise.all([checkIn(dan, { headers }), checkIn(eve, { headers })]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[0]?.body.id).not.toBe(answers[1]?.body.id);
  });
});
