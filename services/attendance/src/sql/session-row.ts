import type { Session } from '../domain/session.ts';

/** Columns of a session as the driver gives them. */
export interface SessionRow {
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
  };
}
