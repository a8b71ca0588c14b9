import type { Db, Tx } from '@muster/db';
import type { CalendarEntry } from '../../domain/calendar/calendar-entry.ts';

type Row = Omit<CalendarEntry, 'startsAtMs' | 'endsAtMs' | 'changedAtMs'> & {
  startsAt: Date;
  endsAt: Date;
  changedAt: Date;
};

/** What a person's calendar was told of two dates and those between them. */
export async function listCalendarEntries(
  sql: Db,
  employeeId: string,
  span: { from: string; to: string },
): Promise<CalendarEntry[]> {
  const rows = await sql<Row[]>`
    select date::text, shift_id as "shiftId", name, place, starts_at as "startsAt", ends_at as "endsAt", cancelled, sequence,
      changed_at as "changedAt"
    from calendar_entries where employee_id = ${employeeId} and date between ${span.from} and ${span.to} order by date, shift_id`;
  return rows.map(({ startsAt, endsAt, changedAt, ...row }) => ({
    ...row,
    startsAtMs: startsAt.getTime(),
    endsAtMs: endsAt.getTime(),
    changedAtMs: changedAt.getTime(),
  }));
}

/** Notes what a person's calendar is told now, and forgets what lies before `from`. */
export async function saveCalendarEntries(
  tx: Tx,
  employeeId: string,
  entries: readonly CalendarEntry[],
  from: string,
): Promise<void> {
  const column = <T>(of: (entry: CalendarEntry) => T): T[] => entries.map(of);
  await tx`
    insert into calendar_entries
      (employee_id, date, shift_id, name, place, starts_at, ends_at, cancelled, sequence, changed_at)
    select ${employeeId}, e.date, e.shift_id, e.name, e.place, to_timestamp(e.starts / 1000), to_timestamp(e.ends / 1000),
      e.cancelled, e.sequence, to_timestamp(e.changed / 1000)
    from unnest(${column((e) => e.date)}::date[], ${column((e) => e.shiftId)}::text[], ${column((e) => e.name)}::text[],
      ${column((e) => e.place)}::text[], ${column((e) => e.startsAtMs)}::float8[], ${column((e) => e.endsAtMs)}::float8[],
      ${column((e) => e.cancelled)}::bool[], ${column((e) => e.sequence)}::int[], ${column((e) => e.changedAtMs)}::float8[])
      as e (date, shift_id, name, place, starts, ends, cancelled, sequence, changed)
    on conflict (employee_id, date, shift_id) do update set name = excluded.name, place = excluded.place,
      starts_at = excluded.starts_at, ends_at = excluded.ends_at, cancelled = excluded.cancelled,
      sequence = excluded.sequence, changed_at = excluded.changed_at`;
  await tx`delete from calendar_entries where employee_id = ${employeeId} and date < ${from}`;
}
