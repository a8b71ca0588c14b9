import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { recomputeDays } from '../../src/verbs/recompute-days.ts';
import { type Client, createWorld, type World } from '../harness.ts';

// Importing this opens a world for the file's tests, and closes it behind them.
export let w: World;
export let hr: Client;
export let site: string;
beforeAll(async () => {
  w = await createWorld({ now: '2026-11-20T09:00:00Z' });
  hr = await w.person({ role: 'hr' });
});
afterAll(() => w.drop());
beforeEach(async () => {
  site = await w.site('Europe/Berlin');
});

export const ok = async (answer: ReturnType<Client['send']>, status = 200) => {
  const got = await answer;
  if (got.status !== status) expect([got.status, got.body]).toEqual([status, '…']);
  return got.body;
};
export const shiftType = (o: object = {}) =>
  ok(hr.send('POST', '/api/shifts', { body: { name: `Shift ${v7()}`, start: '08:00', end: '16:00', ...o } }), 201);
export const assign = (o: object, by = hr, status = 201) =>
  ok(by.send('POST', '/api/rosters/assignments', { body: o }), status);
export const draft = (o: object = {}, by = hr, status = 201) =>
  ok(
    by.send('POST', '/api/rosters/drafts', { body: { siteId: site, from: '2026-11-23', to: '2026-11-29', ...o } }),
    status,
  );
export const put = (id: string, entries: object[], by = hr, status = 200) =>
  ok(by.send('PUT', `/api/rosters/drafts/${id}/entries`, { body: { entries } }), status);
export const publish = (id: string, by = hr, status = 200) =>
  ok(by.send('POST', `/api/rosters/drafts/${id}/publish`), status);
export const rosterOf = async (by: Client, employeeId: string, from = '2026-11-23', to = '2026-11-29') => {
  const body = await ok(by.send('GET', `/api/rosters?employeeId=${employeeId}&from=${from}&to=${to}`));
  return (body.data[0]?.shifts ?? []).map(
    (one: { date: string; name: string; source: string }) => `${one.date} ${one.source}`,
  );
};
export const derive = async () => {
  while ((await recomputeDays(w.deps)) > 0);
};
export const dayOf = async (employeeId: string, date: string) =>
  (await w.sql`select status from attendance_days where employee_id = ${employeeId} and date = ${date}`)[0]?.status;
export const events = async (type: string, id: string) =>
  (
    await w.sql`select payload->'data' as data from outbox where payload->>'type' = ${`attendance.${type}.v1`}
    and payload::text like ${`%${id}%`} order by id`
  ).map(({ data }) => data);
