import ical, { ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { CalendarEntry } from './calendar-entry.ts';

/** How long calendar apps are asked to keep what they read, in seconds; many ask far less often. */
export const calendarRefreshSeconds = 3600;

const instant = (atMs: number) => Temporal.Instant.fromEpochMilliseconds(atMs);

/**
 * A person's roster as iCalendar (RFC 5545). Times are UTC instants: a calendar shows them on the wall clock of whoever looks, right on
 * the nights of clock changes, too, without knowing our zones. The same entries give the same bytes.
 */
export function writeCalendar(employeeId: string, entries: readonly CalendarEntry[]): string {
  const calendar = ical({
    name: 'Shifts',
    prodId: { company: 'muster', product: 'roster', language: 'EN' },
    ttl: calendarRefreshSeconds,
  });
  for (const entry of entries)
    calendar.createEvent({
      id: `${employeeId}-${entry.date}-${entry.shiftId}@muster`,
      sequence: entry.sequence,
      stamp: instant(entry.changedAtMs),
      lastModified: instant(entry.changedAtMs),
      start: instant(entry.startsAtMs),
      end: instant(entry.endsAtMs),
      summary: entry.name,
      location: entry.place,
      status: entry.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      transparency: entry.cancelled ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    });
  return calendar.toString();
}
