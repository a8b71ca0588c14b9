import type { Client } from '@muster/client';
import { holidayList, holidayListPage } from '@muster/contracts/http/attendance-holidays';
import { rosterView } from '@muster/contracts/http/attendance-rosters';
import { plusDays } from './calendar.ts';
import type { Plan } from './plan.ts';
import { anything, type Person, post, untilHeard, type WeekSite } from './setup.ts';

/** Plans the week's shifts as a draft and publishes it. How many shifts. */
export async function publishRoster(hr: Client, plan: Plan, { siteId, shiftIds, people }: WeekSite): Promise<number> {
  const body = { siteId, from: plan.monday, to: plusDays(plan.monday, 6), name: 'Demo week' };
  const { id } = await untilHeard(() => hr.send(post('/api/rosters/drafts', body, rosterView)));
  const entries = plan.people.flatMap(({ days }, index) =>
    days.map(({ date, shifts }) => ({
      ...{ employeeId: (people[index] as Person).id, date, shiftTypeIds: shifts.map((name) => shiftIds[name]) },
    })),
  );
  const path = `/api/rosters/drafts/${id}/entries`;
  await untilHeard(() => hr.send({ method: 'PUT', path, body: { entries }, answer: anything }));
  await hr.send(post(`/api/rosters/drafts/${id}/publish`, undefined, anything));
  return entries.reduce((sum, { shiftTypeIds }) => sum + shiftTypeIds.length, 0);
}

/** Gives the site a list of holidays with the week's one in it. */
export async function declareHoliday(hr: Client, plan: Plan, { siteId }: WeekSite): Promise<void> {
  const name = `Demo week of ${plan.monday}, ${plan.zone}`;
  const query = { limit: 100 };
  const { data } = await hr.send({ method: 'GET', path: '/api/holidays', query, answer: holidayListPage });
  const known = data.find((list) => list.name === name);
  const { id } = known ?? (await hr.send(post('/api/holidays', { name }, holidayList)));
  const day = { method: 'PUT', path: `/api/holidays/${id}/days/${plan.holiday}` } as const;
  await hr.send({ ...day, body: { name: 'Founders’ day' }, answer: anything });
  const site = { method: 'PUT', path: `/api/holidays/sites/${siteId}/${plan.monday}` } as const;
  await untilHeard(() => hr.send({ ...site, body: { listId: id }, answer: anything }));
}
