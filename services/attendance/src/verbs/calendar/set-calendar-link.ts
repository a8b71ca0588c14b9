import type { CalendarLink } from '@muster/contracts/http/attendance-calendar';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { calendarPath, digestCalendarSecret, newCalendarSecret } from '../../domain/calendar/calendar-secret.ts';
import { isoInstant } from '../../domain/instant.ts';
import { saveCalendarLink } from '../../sql/calendar/calendar-links.ts';

/** Makes the actor's calendar address anew; an earlier one ends with it. What comes back is shown once and kept by nobody. */
export async function setCalendarLink(deps: Deps, actor: Actor): Promise<CalendarLink> {
  authorise(actor, 'calendar.link');
  const nowMs = deps.clock.now().epochMilliseconds;
  const occurredAt = isoInstant(nowMs);
  const secret = newCalendarSecret();
  await withTransaction(deps.sql, async (tx) => {
    const version = await saveCalendarLink(tx, actor.id, digestCalendarSecret(secret), nowMs);
    const data = { version, occurredAt, actor: toEventActor(actor), employeeId: actor.id };
    await insertOutbox(tx, [newEvent('attendance.calendar-link-set.v1', data)]);
  });
  deps.relay.wake();
  return { path: calendarPath(secret), createdAt: occurredAt };
}
