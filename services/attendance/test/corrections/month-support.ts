import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type Client, createWorld, type World } from '../harness.ts';
import { punch } from './facts.ts';

// Importing this opens a world for the file's tests, and closes it behind them.
export let world: World;
export let site: string;
export let hr: Client;
export let ann: Client;
export let who: { employeeId: string; siteId: string };
beforeAll(async () => {
  world = await createWorld({ now: '2026-11-20T09:00:00Z' });
  hr = await world.person({ role: 'hr' });
});
afterAll(() => world.drop());
beforeEach(async () => {
  site = await world.site('Europe/Berlin');
  ann = await world.person({ at: site });
  who = { employeeId: ann.actor.id, siteId: site };
});

export const lock = (body: object = {}, client = hr, month = '2026-10') =>
  client.send('POST', `/api/attendance/months/${month}/lock`, { body: { siteId: site, ...body } });
export const unlock = (body: object = {}, client = hr, month = '2026-10') =>
  client.send('POST', `/api/attendance/months/${month}/unlock`, {
    body: { siteId: site, reason: 'Forgotten', ...body },
  });
export const late = (client = hr, query = '') =>
  client.send('GET', `/api/attendance/months/2026-10/late?siteId=${site}${query}`);
export const work = async (date: string, from = '08:00', to = '16:00'): Promise<[string, string]> => [
  await punch(world.sql, who, 'IN', `${date}T${from}:00Z`),
  await punch(world.sql, who, 'OUT', `${date}T${to}:00Z`),
];

export const waitingAtGates = async (): Promise<number> => {
  const [row] = await world.sql<[{ waiting: number }]>`
    select count(*)::int as waiting from pg_locks l join pg_database d on d.oid = l.database
    where d.datname = current_database() and locktype = 'advisory' and not granted`;
  return row.waiting;
};
