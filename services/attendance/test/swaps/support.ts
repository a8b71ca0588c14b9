import { afterAll, beforeAll, expect } from 'vitest';
import { type Client, createWorld, type World } from '../harness.ts';
import { eventsOf, publish, rosterOf, shiftType } from '../rosters/fixture.ts';

// Importing this opens a world for the file's tests, and closes it behind them.
export let w: World;
export let site: string;
export let early: string;
export let late: string;
export let night: string;
beforeAll(async () => {
  w = await createWorld({ now: '2026-03-20T09:00:00Z' });
  site = await w.site('Europe/Berlin');
  early = await shiftType(w.sql, { name: 'Early', start: '06:00', end: '14:00' });
  late = await shiftType(w.sql, { name: 'Late', start: '14:00', end: '22:00' });
  night = await shiftType(w.sql, { name: 'Night', start: '22:00', end: '06:00' });
});
afterAll(() => w.drop());

export const path = '/api/rosters/swaps';
/** A manager, and two people below them. */
export async function team() {
  const boss = await w.person({ role: 'manager', at: site });
  const managerId = boss.actor.id;
  const [ann, bob] = [await w.person({ at: site, managerId }), await w.person({ at: site, managerId })];
  return { boss, ann, bob };
}
export const ask = (who: Client, to: Client, offered: object, wanted?: object, more: object = {}) =>
  who.send('POST', path, { body: { colleagueId: to.actor.id, offered, ...(wanted && { wanted }), ...more } });
export const act = (who: Client, id: string, verb: string, body?: object) =>
  who.send('POST', `${path}/${id}/${verb}`, body === undefined ? {} : { body });
export const on = (date: string, shiftId: string) => ({ date, shiftId });
export const roster = ({ actor }: Client) => rosterOf(w.sql, actor.id, '2026-03-20', '2026-04-10');
export const told = async (id: string) =>
  (await eventsOf(w.sql, 'attendance.swap-%'))
    .filter(({ data }) => data.swapId === id)
    .map(({ type, data }) => [type.slice('attendance.swap-'.length, -3), data.employeeIds]);

/** Ann's night of the 28th for Bob's early of the 30th, agreed upon. */
export async function agreed() {
  const { boss, ann, bob } = await team();
  await publish(w.sql, ann.actor.id, '2026-03-28', [night]);
  await publish(w.sql, bob.actor.id, '2026-03-30', [early]);
  const { status, body } = await ask(ann, bob, on('2026-03-28', night), on('2026-03-30', early));
  expect(status).toBe(201);
  expect((await act(bob, body.id, 'accept')).status).toBe(200);
  return { boss, ann, bob, id: body.id as string };
}
