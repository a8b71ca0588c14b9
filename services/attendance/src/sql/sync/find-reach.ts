import type { Tx } from '@muster/db';
import { startOfDate } from '../../domain/days/wall-time.ts';
import { lowestSessionId } from '../../domain/session-id.ts';
import type { EndAt, Reach, StartAt } from '../../domain/sync/clear-dates.ts';

/** Between which instants (Unix milliseconds) a person's facts changed; `Infinity` where what changed may reach to their last. */
export interface Touched {
  employeeId: string;
  fromMs: number;
  untilMs: number;
}

/** Which part of each person's facts has to be read again. */
export async function findReaches(tx: Tx, touched: readonly Touched[]): Promise<Map<string, Reach>> {
  const starts = await findStarts(tx, touched);
  const ends = await findEnds(tx, touched);
  return new Map(
    touched.map(({ employeeId }) => [employeeId, { start: starts.get(employeeId), end: ends.get(employeeId) }]),
  );
}

/**
 * Where to begin, by person: with the last date on which a session began before what changed. History before it decides nothing after it,
 * unless several punches bear that date's first instant: see `clear` of `staysOf`. Somebody missing begins with their first fact.
 */
async function findStarts(tx: Tx, touched: readonly Touched[]): Promise<Map<string, StartAt>> {
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

/** Where to stop, by person: at the first session of a date after what changed. */
async function findEnds(tx: Tx, touched: readonly Touched[]): Promise<Map<string, EndAt>> {
  const bounded = touched.filter(({ untilMs }) => untilMs < Number.POSITIVE_INFINITY);
  if (bounded.length === 0) return new Map();
  const nexts = await tx<{ employeeId: string; date: string; zone: string; inId: string; inAt: Date }[]>`
    select i.employee_id as "employeeId", next.date, next.zone, next.check_in_punch_id as "inId", next.check_in_at as "inAt"
    from unnest(${bounded.map(({ employeeId }) => employeeId)}::uuid[],
      ${bounded.map(({ untilMs }) => new Date(untilMs).toISOString())}::timestamptz[],
      ${bounded.map(({ untilMs }) => lowestSessionId(untilMs))}::uuid[]) as i (employee_id, until_at, from_id)
    cross join lateral (
      select date, zone, check_in_punch_id, check_in_at from attendance_sessions s
      where s.employee_id = i.employee_id and s.id >= i.from_id and s.date > (i.until_at at time zone s.zone)::date
      order by s.id limit 1
    ) as next`;
  return new Map(
    nexts.map(({ employeeId, date, zone, inId, inAt }) => [
      employeeId,
      { inId, inAtMs: inAt.getTime(), date, fromMs: startOfDate(date, zone) },
    ]),
  );
}
