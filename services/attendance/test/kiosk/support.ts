import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type Client, createWorld, type World } from '../harness.ts';

// Importing this opens a world for the file's tests, and closes it behind them.
export const start = '2026-11-20T09:00:00.250Z';
export const pin = '803914';
export let world: World;
export let berlin: string;
export let lisbon: string;
export let gate: Client;
beforeAll(async () => {
  world = await createWorld({ now: start });
  berlin = await world.site('Europe/Berlin');
  lisbon = await world.site('Europe/Lisbon');
  gate = await world.kiosk(berlin);
});
afterAll(() => world.drop());
afterEach(() => world.clock.set(start));

export const withPin = async (at = berlin): Promise<Client> => {
  const person = await world.person({ at });
  expect((await person.send('PUT', '/api/attendance/pin', { body: { pin } })).status).toBe(204);
  return person;
};
export const byPin = (person: Client, typed = pin, extra: object = {}) => ({
  body: { employeeId: person.actor.id, pin: typed, ...extra },
});
export const qrOf = async (person: Client): Promise<string> => (await person.send('GET', '/api/attendance/qr')).body.qr;
export const outbox = (employeeId: string) =>
  world.sql`select type, payload->'data' as data from outbox where payload->'data'->>'employeeId' = ${employeeId} order by seq`;
export const wrongPins = ['803915', '803916', '803917', '803918', '803919'];
