import { scalingPlan } from '@muster/contracts/http/attendance';
import { requestJson } from '@muster/testing';
import { afterAll, beforeAll, expect } from 'vitest';
import { type Client, createWorld, scalingToken, type World } from '../harness.ts';

// Importing this opens a world for the file's tests, and closes it behind them.
export let world: World;
export let berlin: string;
export let kolkata: string;
export let admin: Client;
export let hr: Client;
beforeAll(async () => {
  world = await createWorld({ now: '2026-11-20T04:00:00Z' });
  berlin = await world.site('Europe/Berlin');
  kolkata = await world.site('Asia/Kolkata');
  admin = await world.person({ role: 'admin' });
  hr = await world.person({ role: 'hr' });
});
afterAll(() => world.drop());

export interface Quarter {
  startsAt: string;
  checkIns?: number;
  checkOuts?: number;
}
export const put = (siteId: string, quarters: Quarter[], from = '2026-11-20T00:00:00Z', to = '2026-11-21T00:00:00Z') =>
  admin.send('PUT', '/api/attendance/planned-headcount', { body: { siteId, from, to, quarters } });
export const plan = async (query = '', who = hr) => {
  const answer = await who.send('GET', `/api/attendance/scaling-plan${query}`);
  expect(answer.status).toBe(200);
  return scalingPlan.parse(answer.body);
};
export const ask = (headers: Record<string, string> = { authorization: `Bearer ${scalingToken}` }) =>
  requestJson(world.app, 'GET', '/scaling/pods', { headers });
export const planned = async (siteId: string) =>
  (
    await world.sql`select check_ins, check_outs from planned_headcount where site_id = ${siteId} order by starts_at`
  ).map((row) => [row.check_ins, row.check_outs]);
export const published = (siteId: string) =>
  world.sql<{ data: unknown }[]>`select payload->'data' as data from outbox
    where type = 'attendance.headcount-planned.v1' and payload->'data'->>'siteId' = ${siteId} order by seq`;
