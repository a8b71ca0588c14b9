import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient, isProblem, type Request } from '@muster/client';
import { type createShiftTypeBody, shiftTypePage, shiftTypeView } from '@muster/contracts/http/attendance-shifts';
import { createdDevice } from '@muster/contracts/http/auth';
import { createdEmployee, sitePage, siteView } from '@muster/contracts/http/employee';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import {
  automaticBreak,
  closingToleranceMinutes,
  lateGraceMinutes,
  type Plan,
  type ShiftName,
  shiftTimes,
} from './plan.ts';

export interface Person {
  id: string;
  email: string;
}

export interface WeekSite {
  siteId: string;
  shiftIds: Record<ShiftName, string>;
  manager: Person;
  /** As the plan orders them. */
  people: Person[];
  /** Device tokens of the two kiosks. */
  kiosks: [string, string];
}

export const weekPassword = 'Week-of-demo-1';

/** What events still bring to attendance is not there yet: asks again for a while. */
export async function untilHeard<T>(ask: () => Promise<T>): Promise<T> {
  for (const until = Date.now() + 60_000; ; await sleep(200)) {
    try {
      return await ask();
    } catch (error) {
      if (!isProblem(error, 'invalid_input', 'not_found') || Date.now() > until) throw error;
    }
  }
}

/** A POST that happens once. */
export const post = <T>(path: string, body: unknown, answer: z.ZodType<T>): Request<T> => ({
  ...{ method: 'POST', path, body, answer, key: uuid() },
});

/** Puts a site with its shifts in (once), and new people and kiosks for this very run. */
export async function setUpWeek(hr: Client, plan: Plan): Promise<WeekSite> {
  const siteId = await ensureSite(hr, plan.zone);
  const run = uuid().slice(-8);
  // Nothing of theirs lies before the week: totals of its months are the week's.
  const hiredOn = plan.monday;
  const create = async (name: string, more: object): Promise<Person> => {
    const email = `${name.toLowerCase().replace(' ', '.')}.${run}@week.muster.example`;
    const body = { email, name, position: 'Operator', siteId, hiredOn, password: weekPassword, ...more };
    const { id } = await hr.send(post('/api/employees', body, createdEmployee));
    return { id, email };
  };
  const manager = await create('Martha Manager', { role: 'manager' });
  const people: Person[] = [];
  for (const { name } of plan.people) people.push(await create(name, { managerId: manager.id }));
  const enrol = async (name: string): Promise<string> =>
    (await hr.send(post('/api/devices', { name: `${name} ${run}`, siteId }, createdDevice))).deviceToken;
  const kiosks: [string, string] = [await enrol('Gate'), await enrol('Yard, no network')];
  return { siteId, shiftIds: await ensureShifts(hr), manager, people, kiosks };
}

async function ensureSite(hr: Client, zone: string): Promise<string> {
  const name = `Demo week, ${zone}`;
  for (let page = 1; ; page += 1) {
    const query = { page, limit: 100 };
    const { data, meta } = await hr.send({ method: 'GET', path: '/api/sites', query, answer: sitePage });
    const known = data.find((site) => site.name === name);
    if (known !== undefined) return known.id;
    if (page >= meta.totalPages) break;
  }
  return (await hr.send(post('/api/sites', { name, zone }, siteView))).id;
}

async function ensureShifts(hr: Client): Promise<WeekSite['shiftIds']> {
  const query = { limit: 100 };
  const { data } = await hr.send({ method: 'GET', path: '/api/shifts', query, answer: shiftTypePage });
  const ids = {} as WeekSite['shiftIds'];
  for (const [name, [start, end]] of Object.entries(shiftTimes) as [ShiftName, readonly [string, string]][]) {
    const body = shiftBody(name, start, end);
    const known = data.find((shift) => shift.name === body.name);
    ids[name] = known?.id ?? (await hr.send(post('/api/shifts', body, shiftTypeView))).id;
  }
  return ids;
}

/** A shift type of the demo's week: overtime counts by itself, and twice on holidays. */
function shiftBody(name: ShiftName, start: string, end: string): z.input<typeof createShiftTypeBody> {
  const isSplit = name === 'Breakfast' || name === 'Dinner';
  return {
    ...{ name: `${name} (demo week)`, start, end, lateGraceMinutes, earlyGraceMinutes: lateGraceMinutes },
    breaks: { punched: 'UNPAID', automatic: isSplit ? null : automaticBreak },
    autoClose: name === 'Closing' ? { by: 'TOLERANCE', minutes: closingToleranceMinutes } : null,
    overtime: { percent: { normal: 150, weekend: 150, holiday: 200 }, maxMinutes: 0, needsApproval: false },
  };
}

/** A client signed in as somebody. */
export async function signedInAs(origin: string, email: string, password: string): Promise<Client> {
  const muster = createClient({ origin, attempts: 10 });
  await muster.signIn({ email, password });
  return muster;
}

/** An answer whose body is of no interest here. */
export const anything = z.unknown();
