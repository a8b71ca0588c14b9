import { v7 as uuid } from 'uuid';
import { type Api, expectStatus } from '../api.ts';
import { localDate, mondayOf, plusDays } from '../week/calendar.ts';
import { untilHeardOf } from './until-heard.ts';

interface Drafts {
  data: { name: string | null }[];
}

/**
 * Publishes this week's roster of a site, where there is none yet: a third of the people early, late and at night, five days, then two
 * off. How many shifts.
 */
export async function ensureRoster(o: {
  api: Api;
  token: string;
  site: { id: string; zone: string };
  peopleIds: string[];
  shiftIds: string[];
  now?: Date;
}): Promise<number> {
  const { api, token, site, peopleIds, shiftIds, now = new Date() } = o;
  const from = mondayOf(localDate(site.zone, now.getTime()));
  const name = `Demo, week of ${from}`;
  const path = `/api/rosters/drafts?siteId=${site.id}&status=PUBLISHED&limit=100`;
  const published = expectStatus(await api.call<Drafts>('GET', path, { token, patience: 5 }), 200).data;
  if (published.some((roster) => roster.name === name)) return 0;

  const draft = await untilHeardOf<{ id: string }>(api, 'POST', '/api/rosters/drafts', {
    token,
    body: { siteId: site.id, from, to: plusDays(from, 6), name },
    headers: { 'idempotency-key': uuid() },
  });
  const entries = peopleIds.flatMap((employeeId, index) =>
    Array.from({ length: 7 }, (_, day) => ({
      ...{ employeeId, date: plusDays(from, day) },
      // The days off lie apart, so that somebody is there every day.
      shiftTypeIds: (day + index) % 7 < 5 ? [shiftIds[index % shiftIds.length] as string] : [],
    })),
  );
  const at = `/api/rosters/drafts/${draft.id}`;
  await untilHeardOf(api, 'PUT', `${at}/entries`, { token, body: { entries } });
  await untilHeardOf(api, 'POST', `${at}/publish`, { token, headers: { 'idempotency-key': uuid() } });
  return entries.filter(({ shiftTypeIds }) => shiftTypeIds.length > 0).length;
}
