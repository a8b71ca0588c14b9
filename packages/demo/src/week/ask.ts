import type { Client } from '@muster/client';
import { correction } from '@muster/contracts/http/attendance-corrections';
import { leaveRequest, leaveType } from '@muster/contracts/http/attendance-leave';
import { v7 as uuid } from 'uuid';
import type { WeekKiosks } from './kiosks.ts';
import type { Plan, PlannedPerson } from './plan.ts';
import { type Person, post, signedInAs, untilHeard, type WeekSite, weekPassword } from './setup.ts';

interface Asking {
  origin: string;
  hr: Client;
  manager: Client;
  plan: Plan;
  site: WeekSite;
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** Those with leave ask for it, and their manager agrees. How many days were asked for. */
export async function takeLeave({ origin, hr, manager, plan, site }: Asking): Promise<number> {
  const type = await hr.send(post('/api/leave/types', { name: `Demo leave ${uuid().slice(-8)}` }, leaveType));
  let days = 0;
  for (const { day, person } of daysOf(plan, site).filter(({ day }) => day.leave !== undefined)) {
    const self = await signedInAs(origin, person.email, weekPassword);
    const firstDay = day.leave === 'SECOND_HALF' ? 'SECOND_HALF' : 'FULL';
    const body = { typeId: type.id, from: day.date, to: day.date, firstDay, note: 'Away' };
    const { id } = await untilHeard(() => self.send(post('/api/leave/requests', body, leaveRequest)));
    await manager.send(post(`/api/leave/requests/${id}/approve`, undefined, leaveRequest));
    days += day.leave === 'FULL' ? 1 : 0.5;
  }
  return days;
}

/** Who forgot a punch, or made a wrong one, at that kiosk asks; the manager agrees. How many corrections. */
export async function askForCorrections(o: Asking & { kiosks: WeekKiosks; only: 0 | 1 }): Promise<number> {
  let asked = 0;
  for (const [index, planned] of o.plan.people.entries()) {
    if (planned.correction === undefined || planned.kiosk !== o.only) continue;
    const person = o.site.people[index] as Person;
    const self = await signedInAs(o.origin, person.email, weekPassword);
    const body = await correctionOf(planned.correction, person.id, o.kiosks);
    const { id } = await self.send(post('/api/attendance/corrections', body, correction));
    await o.manager.send(post(`/api/attendance/corrections/${id}/approve`, { note: 'Agreed' }, correction));
    asked += 1;
  }
  return asked;
}

async function correctionOf(
  { change, atMs, ...more }: NonNullable<PlannedPerson['correction']>,
  employeeId: string,
  kiosks: WeekKiosks,
): Promise<object> {
  const occurredAt = iso(atMs);
  if (!('wrong' in more)) return { change, type: more.type, occurredAt, reason: 'Forgot to check out' };
  const { type, atMs: wrongMs } = more.wrong;
  const targetId = await kiosks.factOf(employeeId, type, wrongMs);
  return { change, targetId, type, occurredAt, reason: 'Had come in time, punched later' };
}

const daysOf = (plan: Plan, site: WeekSite) =>
  plan.people.flatMap(({ days }, index) => days.map((day) => ({ day, person: site.people[index] as Person })));
