import { describe, expect, it } from 'vitest';
import type { Client } from '../harness.ts';
import { at, berlin, facts, minute, outbox, punch, start, statuses, sync, world } from './support.ts';

describe('a device’s clock', () => {
  const skewed = async (skewMs: number, who?: Client) => {
    const ann = who ?? (await world.person({ at: berlin }));
    const shift = (text: string): string => new Date(Date.parse(text) + skewMs).toISOString();
    const door = await world.kiosk(berlin);
    const one = punch('IN', shift(at('07:00')), { employeeId: ann.actor.id });
    const answer = await sync(door, [one], { sentAt: shift(start) });
    return { ann, door, one, shift, result: answer.body.results[0], body: answer.body };
  };

  it.each<[string, number, string, string[]]>([
    ['a minute ahead is within the tolerance', 60_000, at('07:01'), ['VOUCHED_BY_KIOSK']],
    ['more is taken off', 60_001, at('07:00'), ['CLOCK_CORRECTED', 'VOUCHED_BY_KIOSK']],
    ['a minute behind is within the tolerance', -60_000, at('06:59'), ['VOUCHED_BY_KIOSK']],
    ['more is added', -60_001, at('07:00'), ['CLOCK_CORRECTED', 'VOUCHED_BY_KIOSK']],
    ['a day off is still believed', 86_400_000, at('07:00'), ['CLOCK_CORRECTED', 'VOUCHED_BY_KIOSK']],
  ])('%s', async (_what, skewMs, occurredAt, flags) => {
    const { ann, result, body } = await skewed(skewMs);
    expect(result).toMatchObject({ status: 'accepted', occurredAt, flags });
    expect(body).toMatchObject({ skewMs, corrected: flags.includes('CLOCK_CORRECTED') });
    const [fact] = await facts(ann);
    expect(fact?.claimed_at.getTime()).toBe(Date.parse(at('07:00')) + skewMs);
    const [call] = await world.sql`
      select skew_ms, applied_ms, believed from sync_calls where id = (select sync_id from punches where id = ${fact?.id})`;
    expect(call).toEqual({ skew_ms: skewMs, applied_ms: flags.length === 2 ? skewMs : 0, believed: true });
  });

  it('farther off is not believed: its punches wait, visible and never lost, and count once it is right', async () => {
    const { ann, door, one, result } = await skewed(86_400_001);
    expect(result).toMatchObject({ status: 'conflict', reason: 'clock_not_believed', punchId: null });
    expect(await facts(ann)).toHaveLength(0);
    expect(await world.sql`select reason, settled_at from held_punches where employee_id = ${ann.actor.id}`).toEqual([
      { reason: 'clock_not_believed', settled_at: null },
    ]);
    expect(
      await statuses(sync(door, [one], { sentAt: new Date(Date.parse(start) + 86_400_001).toISOString() })),
    ).toEqual(['conflict clock_not_believed']);
    world.clock.set(new Date(Date.parse(start) + 86_400_001).toISOString());
    expect(
      await statuses(sync(door, [one], { sentAt: new Date(Date.parse(start) + 86_400_001).toISOString() })),
    ).toEqual(['accepted']);
    const [row] = await world.sql`select settled_at from held_punches where employee_id = ${ann.actor.id}`;
    expect(row?.settled_at).not.toBeNull();
    const told = (await outbox(door)).map(({ type }) => type);
    expect(told.filter((type) => type === 'attendance.punch-held.v1')).toHaveLength(1);
  });

  it('measured otherwise the next time makes neither a second fact nor another time', async () => {
    const { ann, door, one } = await skewed(10 * minute);
    const before = await facts(ann);
    for (const sentAt of [start, at('13:00'), '2026-12-24T00:00:00Z'])
      expect(await statuses(sync(door, [one], { sentAt }))).toEqual(['duplicate']);
    expect(await facts(ann)).toEqual(before);
  });

  it('is taken as before while the way of a message is all that differs', async () => {
    const { ann, door, shift } = await skewed(10 * minute);
    const sentAt = new Date(Date.parse(start) + 10 * minute - 45_000).toISOString();
    await sync(door, [punch('OUT', shift(at('08:00')), { employeeId: ann.actor.id })], { sentAt });
    expect((await facts(ann)).map(({ occurred_at }) => occurred_at.toISOString())).toEqual([at('07:00'), at('08:00')]);
  });

  it('nobody moves that of somebody else’s device', async () => {
    const { door } = await skewed(10 * minute);
    const eve = await world.person({ at: berlin });
    await sync(eve, [punch('IN', at('07:00'), { deviceId: door.actor.id })], { sentAt: at('12:20') });
    const rows = await world.sql`select skew_ms from sync_devices where owner_id = ${door.actor.id}`;
    expect(rows).toEqual([{ skew_ms: 10 * minute }]);
  });

  it.each<[string, string, string]>([
    ['a minute ahead of ours', '2026-11-20T12:01:00.000Z', 'accepted'],
    ['later than that', '2026-11-20T12:01:00.001Z', 'rejected in_future'],
    ['62 days ago', '2026-09-19T12:00:00.000Z', 'accepted'],
    ['before that', '2026-09-19T11:59:59.999Z', 'conflict too_old'],
  ])('a punch %s', async (_what, occurredAt, status) => {
    const ann = await world.person({ at: berlin });
    expect(await statuses(sync(ann, [punch('IN', occurredAt)]))).toEqual([status]);
  });
});
