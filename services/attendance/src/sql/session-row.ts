import type { Db } from '@muster/db';
import type { CountedMinutes, StayCount } from '../domain/days/index.ts';
import type { Session } from '../domain/session.ts';

/** What a session is counted against, as the driver gives it. */
export interface CountRow {
  shift_id: string | null;
  shift_name: string | null;
  shift_date: string | null;
  late_minutes: number;
  late_after: Date | null;
  late_grace: number | null;
  early_exit_minutes: number;
  early_exit_before: Date | null;
  early_exit_grace: number | null;
}

/** Columns of a session as the driver gives them. */
export interface SessionRow extends CountRow {
  id: string;
  employee_id: string;
  site_id: string;
  date: string;
  zone: string;
  source: Session['source'];
  check_in_at: Date;
  check_out_at: Date | null;
  version: number;
  break_since: Date | null;
  flags: Session['flags'];
}

/** What {@link toSession} reads of `attendance_sessions s`. */
export const sessionColumns = (sql: Db) => sql`
  s.id, s.employee_id, s.site_id, s.date, s.zone, s.source, s.check_in_at, s.check_out_at, s.version, s.break_since, s.flags,
  s.shift_id, s.shift_name, s.shift_date, s.late_minutes, s.late_after, s.late_grace,
  s.early_exit_minutes, s.early_exit_before, s.early_exit_grace`;

export function toCount(row: CountRow): StayCount {
  const { shift_id: id, shift_name: name, shift_date: date } = row;
  return {
    shift: id !== null && name !== null && date !== null ? { id, name, date } : null,
    late: counted(row.late_minutes, row.late_after, row.late_grace),
    earlyExit: counted(row.early_exit_minutes, row.early_exit_before, row.early_exit_grace),
  };
}

export function toSession(row: SessionRow): Session {
  return {
    id: row.id,
    employeeId: row.employee_id,
    siteId: row.site_id,
    date: row.date,
    zone: row.zone,
    source: row.source,
    checkInAtMs: row.check_in_at.getTime(),
    checkOutAtMs: row.check_out_at?.getTime() ?? null,
    version: row.version,
    breakSinceMs: row.break_since?.getTime() ?? null,
    flags: row.flags,
    ...toCount(row),
  };
}

const counted = (minutes: number, due: Date | null, graceMinutes: number | null): CountedMinutes | null =>
  minutes > 0 && due !== null ? { minutes, dueMs: due.getTime(), graceMinutes: graceMinutes ?? 0 } : null;
