import { type SyncPunch, syncAnswer } from '@muster/contracts/http/attendance';
import { requestJson, tokenFor } from '@muster/testing';
import { v4 } from 'uuid';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { recomputeDays } from '../../src/verbs/recompute-days.ts';
import { type Client, createWorld, type World } from '../harness.ts';

// Importing this opens a world for the file's tests, and closes it behind them.
export const start = '2026-11-20T12:00:00.000Z';
export const day = '2026-11-20';
export const minute = 60_000;
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

export type Punch = Partial<Omit<SyncPunch, 'clientId'>> & { clientId?: string };
export const at = (time: string): string => `${day}T${time}:00.000Z`;
export const punch = (type: SyncPunch['type'], occurredAt: string, more: Punch = {}) => ({
  clientId: v4(),
  type,
  occurredAt,
  ...more,
});
export const sync = (who: Client, punches: object[], more: object = {}, app = world.app) =>
  tokenFor(who.actor).then((token) =>
    requestJson(app, 'POST', '/api/attendance/punches/sync', { token, body: { sentAt: start, punches, ...more } }),
  );
export const statuses = async (answer: ReturnType<typeof sync>): Promise<string[]> => {
  const { status, body } = await answer;
  expect(status).toBe(200);
  expect(syncAnswer.parse(body)).toEqual(body);
  return body.results.map((one: { status: string; reason: string | null }) =>
    one.reason === null ? one.status : `${one.status} ${one.reason}`,
  );
};
export const facts = (who: Client) =>
  world.sql`select id, type, occurred_at, claimed_at, source, device_id, client_id, flags from punches where employee_id = ${who.actor.id} order by occurred_at, id`;
export const outbox = (who: Client) =>
  world.sql`select type, payload->'data' as data from outbox where payload->'data'->'actor'->>'id' = ${who.actor.id} order by seq`;

/** What is derived of a person, without ids of devices. */
export async function derived(who: Client) {
  while ((await recomputeDays(world.deps)) > 0);
  const days = await world.sql`select date, day from attendance_days where employee_id = ${who.actor.id} order by date`;
  const sessions = await world.sql`
    select id, check_in_punch_id, check_out_punch_id, check_in_at, check_out_at, date, flags, break_since, auto_closed
    from attendance_sessions where employee_id = ${who.actor.id} order by id`;
  const ids = (await facts(who)).map(({ id }) => id);
  return { days, sessions, ids };
}
