import type { CalendarLinkState } from '@muster/contracts/http/attendance-calendar';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { findCalendarLink } from '../../sql/calendar/calendar-links.ts';

/** Whether the actor has a calendar address, and since when. */
export async function readCalendarLink(deps: Deps, actor: Actor): Promise<CalendarLinkState> {
  authorise(actor, 'calendar.link');
  const link = await findCalendarLink(deps.sql, actor.id);
  return { isSet: link !== undefined, createdAt: link?.createdAt.toISOString() ?? null };
}
