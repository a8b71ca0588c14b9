import type { Tx } from '@muster/db';
import { startOfDate } from '../../domain/days/wall-time.ts';
import { lowestSessionId } from '../../domain/session-id.ts';
import type { SessionState } from '../../domain/sync/amend-sessions.ts';
import type { StartAt } from '../../domain/sync/stays-of.ts';

// One number for this purpose, so that other advisory locks never meet these.
const space = 6016;

interface Row extends Omit<SessionState, 'checkInAtMs' | 'checkOutAtMs' | 'breakSinceMs'> {
  checkInAt: Date;
  checkOutAt: Date | null;
  breakSince: Date | null;
}

/** From which instant (Unix milliseconds) on a person's facts changed. */
export interface Touched {
  employeeId: string;
  fromMs: number;
}

/** Rebuilds a person's sessions alone until the transaction ends. Give people in order of id. */
export async function lockPeoplesSessions(tx: Tx, employeeIds: readonly string[]): Promise<void> {
  await tx`
    select pg_advisory_xact_lock(${space}, hash) from (
      select distinct hashtext(id) as hash from unnest(${employeeIds as string[]}::text[]) as i (id) order by hash
    ) as locks`;
}

/**
 * Where to begin, by person: with the last date on which a session began before what changed. History before it decides nothing after it,
 * unless several punches bear that date's first instant: see `clear` of `staysOf`. Somebody missing begins with their first fact.
 */
export async function findStarts(tx: Tx, touched: readonly Touched[]): Promise<Map<string, StartAt>> {
  const lasts = await tx<{ employeeId: string; date: string; zone: string }[]>`
    select i.employee_id as "employeeId", last.date, last.zone
    from unnest(${touched.map(({ employeeId }) => employeeId)}::uuid[],
      ${touched.map(({ fromMs }) => lowestSessionId(fromMs))}::uuid[]) as i (employee_id, beyond)
    cross join lateral (
      select date, zone from attendance_sessions s where s.employee_id = i.employee_id and s.id < i.beyond
      order by s.id desc limit 1
    ) as last`;
  const starts = lasts.map(({ employeeId, date, zone }) => ({ employeeId, fromMs: startOfDate(date, zone) }));
  const before = await tx<{ employeeId: string; outId: string | null }[]>`
    select i.employee_id as "employeeId", before.check_out_punch_id as "outId"
    from unnest(${starts.map(({ employeeId }) => employeeId)}::uuid[],
      ${starts.map(({ fromMs }) => lowestSessionId(fromMs))}::uuid[]) as i (employee_id, beyond)
    cross join lateral (
      select check_out_punch_id from attendance_sessions s where s.employee_id = i.employee_id and s.id < i.beyond
      order by s.id desc limit 1
    ) as before`;
  const outs = new Map(before.map(({ employeeId, outId }) => [employeeId, outId]));
  return new Map(
    starts.map(({ employeeId, fromMs }) => [employeeId, { fromMs, withoutId: outs.get(employeeId) ?? null }]),
  );
}

/** The sessions from each person's start on, locked: the door waits for whoever changes them. By person, in order. */
export async function lockSessions(tx: Tx, starts: readonly Touched[]): Promise<Map<string, SessionState[]>> {
  const rows = await tx<Row[]>`
    select s.id, s.employee_id as "employeeId", s.site_id as "siteId", s.check_in_punch_id as "inId",
      s.check_out_punch_id as "outId", s.check_in_at as "checkInAt", s.check_out_at as "checkOutAt", s.date, s.zone, s.source,
      s.version, s.auto_closed as auto, s.break_since as "breakSince", s.flags
    from unnest(${starts.map(({ employeeId }) => employeeId)}::uuid[], ${starts.map(({ fromMs }) => lowestSessionId(fromMs))}::uuid[])
      as i (employee_id, from_id)
    join attendance_sessions s on s.employee_id = i.employee_id and s.id >= i.from_id
    order by s.employee_id, s.id for update of s`;
  const sessions = rows.map(({ checkInAt, checkOutAt, breakSince, ...row }) => ({
    ...row,
    checkInAtMs: checkInAt.getTime(),
    checkOutAtMs: checkOutAt?.getTime() ?? null,
    breakSinceMs: breakSince?.getTime() ?? null,
  }));
  return Map.groupBy(sessions, ({ employeeId }) => employeeId);
}
