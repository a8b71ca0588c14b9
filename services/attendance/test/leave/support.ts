import { eventSchemas } from '@muster/contracts';
import { leaveBalances, leaveType } from '@muster/contracts/http/attendance-leave';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect } from 'vitest';
import { leaveSource } from '../../src/sources/leave-source.ts';
import { recomputeDays } from '../../src/verbs/recompute-days.ts';
import { type Client, createWorld, type World } from '../harness.ts';

// Importing this opens a world for the file's tests, and closes it behind them.
export let w: World;
export let site: string;
export let hr: Client;
beforeAll(async () => {
  w = await createWorld({ now: '2026-05-04T07:00:00Z' });
  site = await w.site('Europe/Berlin');
  hr = await w.person({ role: 'hr', at: site });
});
afterAll(() => w.drop());

export const newType = async (o: object = {}): Promise<string> => {
  const answer = await hr.send('POST', '/api/leave/types', { body: { name: `Leave ${v7()}`, ...o } });
  expect(answer.status).toBe(201);
  return leaveType.parse(answer.body).id;
};
export const adjust = (employeeId: string, typeId: string, days: number, on = '2026-06-01') =>
  hr.send('POST', '/api/leave/adjustments', { body: { employeeId, typeId, on, days, note: 'test' } });
export const ask = (who: Client, typeId: string, from: string, to = from, o: object = {}) =>
  who.send('POST', '/api/leave/requests', { body: { typeId, from, to, ...o } });
export const act = (who: Client, id: string, what: 'approve' | 'reject' | 'cancel', body?: object) =>
  who.send('POST', `/api/leave/requests/${id}/${what}`, body ? { body } : {});
export const balanceOf = async (who: Client, typeId: string, on = '2026-06-01') => {
  const { body } = await who.send('GET', `/api/leave/balances?on=${on}`);
  return leaveBalances.parse(body).data.find((one) => one.typeId === typeId);
};
export const team = async () => {
  const manager = await w.person({ role: 'manager', at: site });
  const ann = await w.person({ at: site, managerId: manager.actor.id });
  return { manager, ann };
};
export const sourceOf = async (employeeId: string) =>
  (
    (await leaveSource(w.sql, [{ employeeId, from: '2026-01-01', to: '2027-12-31' }], 0)).get(employeeId)?.leave ?? []
  ).map(({ date, part }) => [date, part]);
export const published = async (requestId: string): Promise<string[]> =>
  (
    await w.sql<{ type: string; data: unknown }[]>`
      select type, payload->'data' as data from outbox where payload->'data'->>'requestId' = ${requestId} order by seq`
  ).map(({ type, data }) => {
    eventSchemas[type as keyof typeof eventSchemas].parse(data);
    return type.replace('attendance.', '');
  });
export const drain = async (): Promise<void> => {
  while ((await recomputeDays(w.deps)) > 0);
};
export const statusOf = async (employeeId: string, date: string) => {
  await drain();
  const [row] =
    await w.sql`select status, flags from attendance_days where employee_id = ${employeeId} and date = ${date}`;
  return row && [row.status, ...row.flags.filter((flag: string) => flag.includes('LEAVE'))];
};
