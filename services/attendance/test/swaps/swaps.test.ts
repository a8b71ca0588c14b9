import { describe, expect, it } from 'vitest';
import { assign, eventsOf, publish } from '../rosters/fixture.ts';
import { act, agreed, ask, early, night, on, path, roster, site, team, told, w } from './support.ts';

describe('a swap', () => {
  it('asked, accepted and approved changes both rosters, queues their days, and tells whom it concerns', async () => {
    const { boss, ann, bob } = await team();
    await publish(w.sql, ann.actor.id, '2026-03-21', [night]);
    await publish(w.sql, bob.actor.id, '2026-03-22', [early]);
    const asked = await ask(ann, bob, on('2026-03-21', night), on('2026-03-22', early), { note: 'please' });
    expect(asked.status).toBe(201);
    expect(asked.headers.get('location')).toBe(`${path}/${asked.body.id}`);
    expect(asked.body).toMatchObject({
      status: 'OFFERED',
      version: 1,
      offered: { name: 'Night', startsAt: '2026-03-21T21:00:00.000Z', endsAt: '2026-03-22T05:00:00.000Z' },
      wanted: { name: 'Early', startsAt: '2026-03-22T05:00:00.000Z' },
      expiresAt: '2026-03-21T21:00:00.000Z',
      note: 'please',
    });
    const { id } = asked.body;
    expect((await act(bob, id, 'accept')).body).toMatchObject({ status: 'ACCEPTED', version: 2 });
    expect(await roster(ann)).toEqual([`2026-03-21 ${night}`]);
    await w.sql`delete from day_queue`;
    const approved = await act(boss, id, 'approve', { reason: 'fine' });
    expect(approved.body).toMatchObject({ status: 'APPROVED', version: 3, reason: 'fine', decidedBy: boss.actor.id });
    expect(await roster(ann)).toEqual([`2026-03-22 ${early}`]);
    expect(await roster(bob)).toEqual([`2026-03-21 ${night}`]);
    const queued = await w.sql`select employee_id as id, from_date as from, to_date as to from day_queue order by seq`;
    expect(new Set(queued.map(({ id: one }) => one))).toEqual(new Set([ann.actor.id, bob.actor.id]));
    for (const { from, to } of queued) expect([from <= '2026-03-21', to >= '2026-03-22']).toEqual([true, true]);
    expect((await w.sql`select site_id from headcount_queue`).map((row) => row.site_id)).toContain(site);
    expect(await told(id)).toEqual([
      ['asked', [bob.actor.id]],
      ['accepted', [ann.actor.id]],
      ['approved', [ann.actor.id, bob.actor.id]],
    ]);
    expect(JSON.stringify(await eventsOf(w.sql, 'attendance.swap-%'))).not.toContain('please');
  });

  it('as a gift takes a shift from one and gives it to the other, of a rotation, too', async () => {
    const { boss, ann, bob } = await team();
    await assign(w.sql, ann.actor.id, early, '2026-03-01');
    const { body } = await ask(ann, bob, on('2026-03-25', early));
    await act(bob, body.id, 'accept');
    expect((await act(boss, body.id, 'approve')).status).toBe(200);
    expect(await roster(bob)).toEqual([`2026-03-25 ${early}`]);
    const mine = await roster(ann);
    expect(mine).not.toContain(`2026-03-25 ${early}`);
    expect(mine).toContain(`2026-03-24 ${early}`);
    expect(mine).toContain(`2026-03-26 ${early}`);
  });

  it('of split shifts moves one and leaves the other', async () => {
    const { boss, ann, bob } = await team();
    await publish(w.sql, ann.actor.id, '2026-03-25', [early, night]);
    const { body } = await ask(ann, bob, on('2026-03-25', night));
    await act(bob, body.id, 'accept');
    await act(boss, body.id, 'approve');
    expect(await roster(ann)).toEqual([`2026-03-25 ${early}`]);
    expect(await roster(bob)).toEqual([`2026-03-25 ${night}`]);
  });

  it('may be declined, withdrawn and rejected, and then nothing more', async () => {
    for (const [who, verb, status] of [
      ['bob', 'decline', 'DECLINED'],
      ['ann', 'cancel', 'CANCELLED'],
      ['boss', 'reject', 'REJECTED'],
    ] as const) {
      const all = await agreed();
      expect((await act(all[who], all.id, verb)).body.status).toBe(status);
      for (const [other, next] of [
        ['bob', 'accept'],
        ['bob', 'decline'],
        ['ann', 'cancel'],
        ['boss', 'approve'],
        ['boss', 'reject'],
      ] as const)
        expect([verb, next, (await act(all[other], all.id, next)).status]).toEqual([verb, next, 409]);
      expect(await roster(all.ann)).toEqual([`2026-03-28 ${night}`]);
    }
  });

  it('waits for both before a manager', async () => {
    const { boss, ann, bob } = await team();
    await publish(w.sql, ann.actor.id, '2026-03-28', [night]);
    const { body } = await ask(ann, bob, on('2026-03-28', night));
    expect((await act(boss, body.id, 'approve')).status).toBe(409);
    expect(await roster(bob)).toEqual([]);
  });

  it('the same request again gets the same answer, another one under its key 422, another request 409', async () => {
    const { ann, bob } = await team();
    await publish(w.sql, ann.actor.id, '2026-03-28', [night]);
    const headers = { 'idempotency-key': 'swap-1' };
    const body = { colleagueId: bob.actor.id, offered: on('2026-03-28', night) };
    const [one, two] = [
      await ann.send('POST', path, { body, headers }),
      await ann.send('POST', path, { body, headers }),
    ];
    expect([one.status, two.body]).toEqual([201, one.body]);
    expect((await ann.send('POST', path, { body: { ...body, note: 'x' }, headers })).status).toBe(422);
    expect((await ann.send('POST', path, { body })).status).toBe(409);
  });
});
