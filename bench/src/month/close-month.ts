import { setTimeout as sleep } from 'node:timers/promises';
import type { MonthCloses } from '@muster/contracts/http/attendance-timesheets';
import { expectStatus } from '@muster/demo';
import type { Bench } from '../bench.ts';
import { mintActor } from '../people/mint-people.ts';

export interface CloseFigures {
  people: number;
  sites: number;
  /** From the request until everybody's totals are written and sealed. */
  seconds: number;
  /** The payroll export of all of them. */
  exportSeconds: number;
  exportBytes: number;
}

/** Closes a month of all sites as HR does, and fetches its payroll export. */
export async function closeMonth({ api, key, attendance: sql }: Bench, month: string): Promise<CloseFigures> {
  const { token } = await mintActor(key, { role: 'hr' });
  const path = `/api/attendance/timesheets/${month}`;
  const startedAt = performance.now();
  const body = { force: { reason: 'Whatever is open is part of the figures.' } };
  expectStatus(await api.call('POST', `${path}/close`, { token, body }), 200, 201, 202);
  const closes = async () => expectStatus(await api.call<MonthCloses>('GET', `${path}/closes`, { token }), 200).closes;
  while (!(await closes()).every(({ state }) => state === 'closed')) await sleep(200);
  const seconds = (performance.now() - startedAt) / 1000;
  const done = await closes();
  const exportedAt = performance.now();
  const text = expectStatus(await api.call<string>('GET', `${path}/payroll`, { token }), 200);
  const exportSeconds = (performance.now() - exportedAt) / 1000;
  const people = done.reduce((sum, close) => sum + close.people, 0);
  const [stored] = await sql<[{ n: number }]>`select count(*)::int as n from timesheets`;
  if (stored.n < people) throw new Error(`${people} people were closed, ${stored.n} have totals`);
  return { people, sites: done.length, seconds, exportSeconds, exportBytes: text.length };
}
