import type { Tx } from '@muster/db';
import { lowestSessionId } from '../../domain/session-id.ts';
import type { SessionState } from '../../domain/sync/amend-sessions.ts';
import type { Part } from './part-of-history.ts';

// One number for this purpose, so that other advisory locks never meet these.
const space = 6016;

interface Row extends Omit<SessionState, 'checkInAtMs' | 'checkOutAtMs' | 'breakSinceMs'> {
  checkInAt: Date;
  checkOutAt: Date | null;
  breakSince: Date | null;
}

/** Rebuilds a person's sessions alone until the transaction ends. Give people in order of id. */
export async function lockPeoplesSessions(tx: Tx, employeeIds: readonly string[]): Promise<void> {
  await tx`
    select pg_advisory_xact_lock(${space}, hash) from (
      select distinct hashtext(id) as hash from unnest(${employeeIds as string[]}::text[]) as i (id) order by hash
    ) as locks`;
}

/** The sessions that began in these parts, and not at their ends, locked: the door waits for whoever changes them. By person, in order. */
export async function lockSessions(tx: Tx, parts: readonly Part[]): Promise<Map<string, SessionState[]>> {
  const rows = await tx<Row[]>`
    select s.id, s.employee_id as "employeeId", s.site_id as "siteId", s.check_in_punch_id as "inId",
      s.check_out_punch_id as "outId", s.check_in_at as "checkInAt", s.check_out_at as "checkOutAt", s.date, s.zone, s.source,
      s.version, s.auto_closed as auto, s.break_since as "breakSince", s.flags
    from unnest(${parts.map(({ employeeId }) => employeeId)}::uuid[], ${parts.map(({ fromMs }) => lowestSessionId(fromMs))}::uuid[],
      ${parts.map(({ untilMs }) => lowestSessionId(untilMs))}::uuid[])
      as i (employee_id, from_id, beyond_id)
    join attendance_sessions s on s.employee_id = i.employee_id and s.id >= i.from_id and s.id < i.beyond_id
    order by s.employee_id, s.id for update of s`;
  const sessions = rows.map(({ checkInAt, checkOutAt, breakSince, ...row }) => ({
    ...row,
    checkInAtMs: checkInAt.getTime(),
    checkOutAtMs: checkOutAt?.getTime() ?? null,
    breakSinceMs: breakSince?.getTime() ?? null,
  }));
  return Map.groupBy(sessions, ({ employeeId }) => employeeId);
}
