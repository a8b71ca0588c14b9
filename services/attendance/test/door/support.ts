import { afterAll, beforeAll, beforeEach } from 'vitest';
import { recomputeDays } from '../../src/verbs/recompute-days.ts';
import { type Client, checkIn, checkOut, createWorld, type World } from '../harness.ts';
import { publish, shiftType } from '../rosters/fixture.ts';

// Importing this opens a world for the file's tests, and closes it behind them.
// Berlin is an hour ahead of UTC on these days.
export const date = '2026-11-18';
export let world: World;
export let site: string;
export let hr: Client;
export let ann: Client;
export let early: string;
beforeAll(async () => {
  world = await createWorld({ now: `${date}T04:30:00Z` });
  hr = await world.person({ role: 'hr' });
  early = await shiftType(world.sql, {
    ...{ name: 'Early', start: '06:00', end: '14:00', lateGraceMinutes: 5, earlyGraceMinutes: 5 },
  });
});
afterAll(() => world.drop());
beforeEach(async () => {
  world.clock.set(`${date}T04:30:00Z`);
  site = await world.site('Europe/Berlin');
  ann = await world.person({ at: site });
});

export const drain = async (): Promise<void> => {
  while ((await recomputeDays(world.deps)) > 0);
};
export const queue = (id = ann.actor.id, from = date, to = from) =>
  world.sql`insert into day_queue (employee_id, from_date, to_date) values (${id}, ${from}, ${to})`;
/** Publishes shifts of a date, as far as the days' worker. */
export async function roster(shifts: string[], on = date, who = ann): Promise<void> {
  await publish(world.sql, who.actor.id, on, shifts);
  await queue(who.actor.id, on);
  await drain();
}
export const at = (time: string, on = date): void => world.clock.set(`${on}T${time}Z`);
export const comes = async (time: string, who = ann) => {
  at(time);
  return (await checkIn(who)).body;
};
export const goes = async (time: string, who = ann) => {
  at(time);
  return (await checkOut(who)).body;
};
export const sessions = async (who = ann) =>
  (await who.send('GET', '/api/attendance?limit=50')).body.data.toReversed() as Record<string, unknown>[];
export const told = ({ shift, late, lateReason, earlyExit, earlyExitReason }: Record<string, unknown>) => ({
  ...{ shift: (shift as { name: string } | null)?.name ?? null },
  ...{ late, lateReason, earlyExit, earlyExitReason },
});
export const inTime = { late: 0, lateReason: null, earlyExit: 0, earlyExitReason: null };
export const off = { shift: null, ...inTime };
export const xmins = async () =>
  (
    await world.sql`select xmin::text as x from attendance_sessions where employee_id = ${ann.actor.id} order by id`
  ).map(({ x }) => x);
