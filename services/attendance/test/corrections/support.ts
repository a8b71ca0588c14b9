import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type Client, createWorld, type World } from '../harness.ts';

// Importing this opens a world for the file's tests, and closes it behind them.
export let world: World;
export let site: string;
export let hr: Client;
export let boss: Client;
export let ann: Client;
export let who: { employeeId: string; siteId: string };
beforeAll(async () => {
  world = await createWorld({ now: '2026-11-20T09:00:00Z' });
  hr = await world.person({ role: 'hr' });
});
afterAll(() => world.drop());
beforeEach(async () => {
  world.clock.set('2026-11-20T09:00:00Z');
  site = await world.site('Europe/Berlin');
  boss = await world.person({ role: 'manager', at: site });
  ann = await world.person({ at: site, managerId: boss.actor.id });
  who = { employeeId: ann.actor.id, siteId: site };
});

export const path = '/api/attendance/corrections';
export const addOut = { change: 'add', type: 'OUT', occurredAt: '2026-11-19T16:00:00Z', reason: 'Forgot to check out' };
export const ask = (client: Client, body: object, headers: Record<string, string> = {}) =>
  client.send('POST', path, { body, headers });
export const decide = (client: Client, id: string, what = 'approve', body: object = {}) =>
  client.send('POST', `${path}/${id}/${what}`, { body });
export const facts = () => world.sql`select * from corrections where employee_id = ${ann.actor.id} order by id`;
export const told = async (employeeId = ann.actor.id): Promise<string[]> =>
  (
    await world.sql<{ type: string }[]>`
      select type from outbox where payload->'data'->>'employeeId' = ${employeeId} and type like '%correction%' order by id`
  ).map(({ type }) => type.split('.')[1] ?? '');
