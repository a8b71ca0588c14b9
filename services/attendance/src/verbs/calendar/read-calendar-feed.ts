import { createHash } from 'node:crypto';
import { AppError } from '@muster/contracts';
import { type Db, withTransaction } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { calendarShifts } from '../../domain/calendar/calendar-entry.ts';
import { digestCalendarSecret } from '../../domain/calendar/calendar-secret.ts';
import { changedEntries, toldAfter } from '../../domain/calendar/changed-entries.ts';
import { writeCalendar } from '../../domain/calendar/write-calendar.ts';
import { plusDays } from '../../domain/days/wall-time.ts';
import { listCalendarEntries, saveCalendarEntries } from '../../sql/calendar/calendar-entries.ts';
import { type CalendarReader, findCalendarReader, lockCalendar } from '../../sql/calendar/calendar-links.ts';

const daysBack = 31;
const daysAhead = 180;

export interface CalendarFeed {
  text: string;
  /** Of exactly these bytes. */
  etag: string;
}

const noSuch = (): AppError => new AppError('not_found', 'There is no such calendar.');

/**
 * The published shifts of the person whose secret this is, from 31 days ago to 180 days ahead of today at their site. The secret is the
 * whole proof: calendar apps cannot sign in. Throws `not_found` for any other, for one that ended, and for a person who left.
 */
export async function readCalendarFeed(deps: Deps, secret: string): Promise<CalendarFeed> {
  const digest = digestCalendarSecret(secret);
  const reader = await findCalendarReader(deps.sql, digest);
  if (!reader) throw noSuch();
  const seen = await look(deps, deps.sql, reader);
  // Most polls find nothing new, and write nothing.
  const entries = seen.changes.length === 0 ? seen.told : await tell(deps, digest, reader);
  const text = writeCalendar(reader.employeeId, entries);
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url')}"` };
}

/** Two calendars that ask at once must be told the same: the second sees what the first noted. */
const tell = (deps: Deps, digest: Uint8Array, reader: CalendarReader) =>
  withTransaction(deps.sql, async (tx) => {
    if (!(await lockCalendar(tx, digest))) throw noSuch();
    const { span, told, changes } = await look(deps, tx, reader);
    await saveCalendarEntries(tx, reader.employeeId, changes, span.from);
    return toldAfter(told, changes);
  });

async function look(deps: Deps, db: Db, { employeeId, zone, place }: CalendarReader) {
  const nowMs = deps.clock.now().epochMilliseconds;
  const today = deps.localDay(nowMs, zone ?? deps.defaultPlace.zone).date;
  const span = { from: plusDays(today, -daysBack), to: plusDays(today, daysAhead) };
  const shifts = (await deps.daySources(db, [{ employeeId, ...span }], nowMs)).get(employeeId)?.shifts ?? [];
  const within = shifts.filter(({ date }) => date >= span.from && date <= span.to);
  const entries = await listCalendarEntries(db, employeeId, span);
  const told = toldAfter(entries, []);
  return { span, told, changes: changedEntries(told, calendarShifts(within, place), nowMs) };
}
