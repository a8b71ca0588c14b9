import { withTransaction } from '@muster/db';
import { v7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { recomputeDays } from '../../src/verbs/recompute-days.ts';
import { rebuildSessions } from '../../src/verbs/sync/rebuild-sessions.ts';
import { type Client, checkIn, checkOut, createWorld, type World } from '../harness.ts';

const start = '2026-11-20T12:00:00.000Z';
let world: World;
let berlin: string;
beforeAll(async () => {
  world = await createWorld({ now: start });
  berlin = await world.site('Europe/Berlin');
});
afterAll(() => world.drop());
afterEach(() => world.clock.set(start));

const actor = { id: v7(), name: 'Gate', role: 'kiosk' as const };
const system = { id: v7(), name: 'hr', role: 'hr' as const };
type Line = [type: 'IN' | 'OUT' | 'BREAK_START' | 'BREAK_END', at: string];

/** Facts that came late, and the sessions amended by them, in one transaction. */
const bring = (who: Client, ...lines: Line[]): Promise<string[]> =>
  withTransaction(world.sql, async (tx) => {
    const ids: string[] = [];
    for (const [type, at] of lines) {
      const id = v7();
      ids.push(id);
      await tx`
        insert into punches (id, employee_id, attendance_id, site_id, occurred_at, received_at, local_date, utc_offset_minutes,
          type, source, zone)
        values (${id}, ${who.actor.id}, ${v7()}, ${berlin}, ${at}, ${at}, ${at.slice(0, 10)}, 60, ${type}, 'offline', 'Europe/Berlin')`;
    }
    const touched = lines.map(([, at]) => ({
      employeeId: who.actor.id,
      fromMs: Date.parse(at),
      untilMs: Date.parse(at),
    }));
    await rebuildSessions(tx, world.deps, actor, touched);
    return ids;
  });
const correct = (
  who: Client,
  change: 'replace' | 'void' | 'add',
  targetId: string | null,
  line: Line | null,
  from: string,
) =>
  withTransaction(world.sql, async (tx) => {
    await tx`
      insert into corrections (id, employee_id, change, target_id, type, occurred_at, decided_at, decided_by)
      values (${v7()}, ${who.actor.id}, ${change}, ${targetId}, ${line?.[0] ?? null}, ${line?.[1] ?? null}, now(), ${v7()})`;
    await rebuildSessions(tx, world.deps, system, [
      { employeeId: who.actor.id, fromMs: Date.parse(from), untilMs: Number.POSITIVE_INFINITY },
    ]);
  });
const sessions = async (who: Client): Promise<string[]> =>
  (
    await world.sql`select check_in_at, check_out_at, source, flags from attendance_sessions where employee_id = ${who.actor.id} order by id`
  ).map(
    (row) =>
      `${row.check_in_at.toISOString().slice(11, 16)}–${row.check_out_at?.toISOString().slice(11, 16) ?? '…'} ${row.source}${row.flags.length > 0 ? ` ${row.flags}` : ''}`,
  );
const told = async (who: Client): Promise<string[]> =>
  (await world.sql`select type from outbox where payload->'data'->>'employeeId' = ${who.actor.id} order by seq`).map(
    ({ type }) => type.replace(/^attendance\.|\.v1$/g, ''),
  );
const get = async (who: Client, path: string) => (await who.send('GET', `/api/attendance${path}`)).body;
const day = '2026-11-20';

describe('facts that come late', () => {
  it('whoever worked through a night leaves before coming again at the same instant, in whatever order it was told', async () => {
    const ann = await world.person({ at: berlin });
    await bring(ann, ['IN', '2026-11-18T20:00:00Z'], ['OUT', '2026-11-19T06:00:00Z'], ['IN', '2026-11-19T06:00:00Z']);
    await bring(ann, ['OUT', '2026-11-19T06:00:00Z']);
    await bring(ann, ['OUT', '2026-11-19T10:00:00Z']);
    expect(await sessions(ann)).toEqual(['20:00–06:00 offline', '06:00–10:00 offline']);
  });

  it('a pair of this morning is in today, the list and the sums, and tells nobody that somebody came', async () => {
    const ann = await world.person({ at: berlin });
    await bring(ann, ['OUT', `${day}T10:00:00Z`], ['IN', `${day}T07:00:00Z`]);
    expect(await get(ann, '/today')).toMatchObject({
      checkInAt: `${day}T07:00:00.000Z`,
      checkOutAt: `${day}T10:00:00.000Z`,
      status: 'closed',
      source: 'offline',
      workedMinutes: 180,
    });
    expect((await get(ann, '')).data).toHaveLength(1);
    while ((await recomputeDays(world.deps)) > 0);
    expect(await get(ann, '/summary')).toMatchObject({ workedMinutes: 180, sessions: 1, openSessions: 0 });
    expect(await told(ann)).toEqual([]);
  });

  it('a break is in no sum: summary and days say the same', async () => {
    const eve = await world.person({ at: berlin });
    const at = (time: string): string => `${day}T${time}:00Z`;
    await bring(
      eve,
      ['IN', at('07:00')],
      ['BREAK_START', at('09:00')],
      ['BREAK_END', at('09:45')],
      ['OUT', at('10:30')],
    );
    while ((await recomputeDays(world.deps)) > 0);
    expect(await get(eve, '/summary')).toMatchObject({ workedMinutes: 165, sessions: 1 });
    expect((await get(eve, `/days?from=${day}&to=${day}`)).data).toMatchObject([{ workedMinutes: 165 }]);
  });

  it('a check-in brought late lets the person check out by phone, and says that they are there', async () => {
    const ann = await world.person({ at: berlin });
    await bring(ann, ['IN', `${day}T07:00:00Z`]);
    expect(await told(ann)).toEqual(['checked-in']);
    expect((await checkIn(ann)).body.code).toBe('already_checked_in');
    expect(await checkOut(ann)).toMatchObject({ status: 201, body: { workedMinutes: 300, source: 'offline' } });
    expect(await sessions(ann)).toEqual(['07:00–12:00 offline']);
  });

  it('a check-out brought late ends the session that stands open, and the person may come again', async () => {
    const ann = await world.person({ at: berlin });
    world.clock.set(`${day}T07:00:00Z`);
    const { id } = (await checkIn(ann)).body;
    world.clock.set(start);
    await bring(ann, ['OUT', `${day}T11:00:00Z`]);
    expect(await told(ann)).toEqual(['checked-in', 'checked-out']);
    expect(await get(ann, `/${id}`)).toMatchObject({ status: 'closed', workedMinutes: 240 });
    expect((await checkOut(ann)).body.code).toBe('not_checked_in');
    expect((await checkIn(ann)).status).toBe(201);
    expect(await sessions(ann)).toEqual(['07:00–11:00 web', '12:00–… web']);
  });

  it('splits a session whose check-out and next check-in were made offline', async () => {
    const ann = await world.person({ at: berlin });
    world.clock.set(`${day}T07:00:00Z`);
    await checkIn(ann);
    world.clock.set(start);
    await checkOut(ann);
    await bring(ann, ['IN', `${day}T10:00:00Z`], ['OUT', `${day}T09:00:00Z`]);
    expect(await sessions(ann)).toEqual(['07:00–09:00 web', '10:00–12:00 offline']);
    expect(await told(ann)).toEqual(['checked-in', 'checked-out']);
  });

  it('an older check-in without an end is told as that, counts nothing, and leaves the open one alone', async () => {
    const ann = await world.person({ at: berlin });
    const open = (await checkIn(ann)).body;
    await bring(ann, ['IN', `${day}T07:00:00Z`]);
    expect(await sessions(ann)).toEqual(['07:00–07:00 offline MISSING_CHECK_OUT', '12:00–… web']);
    const [, first] = (await get(ann, '')).data;
    expect(first).toMatchObject({
      status: 'closed',
      checkOutAt: null,
      workedMinutes: null,
      flags: ['MISSING_CHECK_OUT'],
    });
    expect((await checkOut(ann)).body).toMatchObject({ id: open.id, status: 'closed' });
  });

  it('the retry of a check-out whose session is another by now is still that check-out', async () => {
    const ann = await world.person({ at: berlin });
    world.clock.set(`${day}T07:00:00Z`);
    await checkIn(ann);
    world.clock.set(start);
    const headers = { 'idempotency-key': 'out-1' };
    await checkOut(ann, { headers });
    const [row] = await world.sql`select id from punches where employee_id = ${ann.actor.id} and type = 'IN'`;
    await correct(ann, 'replace', row?.id, ['IN', `${day}T08:00:00Z`], `${day}T07:00:00Z`);
    expect(await sessions(ann)).toEqual(['08:00–12:00 correction']);
    expect(await checkOut(ann, { headers })).toMatchObject({ status: 201, body: { checkOutAt: start } });
  });
});

describe('corrections', () => {
  it('of a forgotten check-out close the open session; a withdrawn check-in opens the door again', async () => {
    const ann = await world.person({ at: berlin });
    world.clock.set(`${day}T07:00:00Z`);
    await checkIn(ann);
    world.clock.set(start);
    await correct(ann, 'add', null, ['OUT', `${day}T09:00:00Z`], `${day}T09:00:00Z`);
    expect(await sessions(ann)).toEqual(['07:00–09:00 web']);
    await checkIn(ann);
    const [row] =
      await world.sql`select id from punches where employee_id = ${ann.actor.id} order by occurred_at desc limit 1`;
    await correct(ann, 'void', row?.id, null, start);
    expect(await sessions(ann)).toEqual(['07:00–09:00 web']);
    expect(await told(ann)).toEqual(['checked-in', 'checked-out', 'checked-in', 'checked-out']);
    expect((await checkIn(ann)).status).toBe(201);
  });
});

describe('beside the door', () => {
  it('a late pair of another day leaves the session that stands open to the door', async () => {
    const ann = await world.person({ at: berlin });
    world.clock.set(`${day}T07:00:00Z`);
    await checkIn(ann);
    world.clock.set(start);
    await world.sql.begin(async (door) => {
      await door`select from attendance_sessions where employee_id = ${ann.actor.id} for update`;
      await bring(ann, ['IN', '2026-11-19T08:00:00Z'], ['OUT', '2026-11-19T09:00:00Z']);
    });
    expect(await sessions(ann)).toEqual(['08:00–09:00 offline', '07:00–… web']);
  });

  it('many late pairs and many people coming and going at once leave what the facts say', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => world.person({ at: berlin })));
    const apps = [world.app, world.another()];
    const { requestJson, tokenFor } = await import('@muster/testing');
    await Promise.all(
      people.flatMap((who, i) => [
        ...Array.from({ length: 6 }, async (_, n) => {
          const path = `/api/attendance/check-${n % 2 === 0 ? 'in' : 'out'}`;
          await requestJson(apps[n % 2] as World['app'], 'POST', path, { token: await tokenFor(who.actor) });
        }),
        ...Array.from({ length: 4 }, (_, n) =>
          bring(who, [n % 2 === 0 ? 'IN' : 'OUT', `${day}T0${(i + n) % 9}:0${n}:00Z`]),
        ),
      ]),
    );
    for (const who of people) {
      const before = await sessions(who);
      const stored = await world.sql`select * from attendance_sessions where employee_id = ${who.actor.id} order by id`;
      await withTransaction(world.sql, (tx) =>
        rebuildSessions(tx, world.deps, actor, [
          { employeeId: who.actor.id, fromMs: 0, untilMs: Number.POSITIVE_INFINITY },
        ]),
      );
      expect(await sessions(who)).toEqual(before);
      expect(
        await world.sql`select * from attendance_sessions where employee_id = ${who.actor.id} order by id`,
      ).toEqual(stored);
    }
  });
});
