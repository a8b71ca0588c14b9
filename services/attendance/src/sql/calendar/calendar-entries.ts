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
  await tx`
    insert into calendar_entries
      (employee_id, date, shift_id, name, place, starts_at, ends_at, cancelled, sequence, changed_at)
    select ${employeeId}, e.date, e."shiftId", e.name, e.place, to_timestamp(e."startsAtMs" / 1000),
      to_timestamp(e."endsAtMs" / 1000), e.cancelled, e.sequence, to_timestamp(e."changedAtMs" / 1000)
    from json_to_recordset(${JSON.stringify(entries)}::text::json) as e (date date, "shiftId" text, name text, place text,
      "startsAtMs" float8, "endsAtMs" float8, cancelled boolean, sequence integer, "changedAtMs" float8)
    on conflict (employee_id, date, shift_id) do update set name = excluded.name, place = excluded.place,
      starts_at = excluded.starts_at, ends_at = excluded.ends_at, cancelled = excluded.cancelled,
      sequence = excluded.sequence, changed_at = excluded.changed_at`;
  await tx`delete from calendar_entries where employee_id = ${employeeId} and date < ${from}`;
}
