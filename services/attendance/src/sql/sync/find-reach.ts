import type { Tx } from '@muster/db';
import { startOfDate } from '../../domain/days/wall-time.ts';
import { lowestSessionId } from '../../domain/session-id.ts';
import { type EndAt, type Reach, type StartAt, wentHome } from '../../domain/sync/clear-dates.ts';
import { instantText } from './part-of-history.ts';

/** Between which instants (Unix milliseconds) a person's facts changed; `Infinity` where what changed may reach to their last. */
export interface Touched {
  employeeId: string;
  fromMs: number;
  untilMs: number;
  /** It begins where a session does: the midnight before what changed was tried, and is not clear. */
  withSession?: boolean;
}

interface Neighbours {
  employeeId: string;
  corrected: boolean;
  last: {
    date: string;
    zone: string;
    changedOn: string;
    outId: string | null;
    outAt: string | null;
    auto: boolean;
  } | null;
  next: { date: string; zone: string; inId: string; inAt: string } | null;
}

/**
 * Which part of each person's facts has to be read again. It begins with the midnight before what changed when they had left by then;
 * or else with the last date on which a session began before it, whose history decides nothing after it, unless several punches bear that
 * date's first instant (see `clear` of `staysOf`); or else with their first fact. It ends at the first session of a later date.
 */
export async function findReaches(tx: Tx, touched: readonly Touched[]): Promise<Map<string, Reach>> {
  const neighbours = await findNeighbours(tx, touched);
  const withSession = touched.filter((one) => one.withSession).map(({ employeeId }) => employeeId);
  const starts = await findStarts(tx, neighbours, new Set(withSession));
  return new Map(
    neighbours.map(({ employeeId, next, corrected }) => {
      const end = next && !corrected ? endAt(next) : undefined;
      return [employeeId, { start: starts.get(employeeId), end }];
    }),
  );
}

const endAt = ({ inId, inAt, date, zone }: NonNullable<Neighbours['next']>): EndAt => ({
  inId,
  inAtMs: Date.parse(inAt),
  date,
  fromMs: startOfDate(date, zone),
});

/** The last session that began before what changed, and the first of a later date. */
async function findNeighbours(tx: Tx, touched: readonly Touched[]): Promise<Neighbours[]> {
  return tx<Neighbours[]>`
    select i.employee_id as "employeeId", exists (select from corrections c where c.employee_id = i.employee_id) as corrected,
      (
        select json_build_object('date', s.date, 'zone', s.zone, 'changedOn', (i.from_at at time zone s.zone)::date,
          'outId', s.check_out_punch_id, 'outAt', s.check_out_at, 'auto', s.auto_closed)
        from attendance_sessions s where s.employee_id = i.employee_id and s.id < i.from_id
        order by s.id desc limit 1
      ) as last,
      (
        select json_build_object('date', s.date, 'zone', s.zone, 'inId', s.check_in_punch_id, 'inAt', s.check_in_at)
        from attendance_sessions s
        where s.employee_id = i.employee_id and s.id >= i.until_id and s.date > (i.until_at at time zone s.zone)::date
        order by s.id limit 1
      ) as next
    from unnest(${touched.map(({ employeeId }) => employeeId)}::uuid[],
      ${touched.map(({ fromMs }) => instantText(fromMs))}::timestamptz[],
      ${touched.map(({ fromMs }) => lowestSessionId(fromMs))}::uuid[],
      ${touched.map(({ untilMs }) => instantText(untilMs))}::timestamptz[],
      ${touched.map(({ untilMs }) => lowestSessionId(untilMs))}::uuid[])
      as i (employee_id, from_at, from_id, until_at, until_id)`;
}

async function findStarts(
  tx: Tx,
  neighbours: readonly Neighbours[],
  withSession: Set<string>,
): Promise<Map<string, StartAt>> {
  const starts = new Map<string, StartAt>();
  const onSession: { employeeId: string; fromMs: number }[] = [];
  for (const { employeeId, last, corrected } of neighbours) {
    if (!last) continue;
    const midnightMs = startOfDate(last.changedOn, last.zone);
    const outAtMs = last.outAt === null ? null : Date.parse(last.outAt);
    if (!withSession.has(employeeId) && wentHome({ ...last, outAtMs }, midnightMs, corrected))
      starts.set(employeeId, { fromMs: midnightMs, withoutId: null });
    else onSession.push({ employeeId, fromMs: startOfDate(last.date, last.zone) });
  }
  const outs = await findCheckOutsBefore(tx, onSession);
  for (const { employeeId, fromMs } of onSession)
    starts.set(employeeId, { fromMs, withoutId: outs.get(employeeId) ?? null });
  return starts;
}

/** The check-out of the last session that began before each instant (Unix milliseconds), by person. */
async function findCheckOutsBefore(
  tx: Tx,
  starts: readonly { employeeId: string; fromMs: number }[],
): Promise<Map<string, string | null>> {
  if (starts.length === 0) return new Map();
  const rows = await tx<{ employeeId: string; outId: string | null }[]>`
    select i.employee_id as "employeeId", before.check_out_punch_id as "outId"
    from unnest(${starts.map(({ employeeId }) => employeeId)}::uuid[],
      ${starts.map(({ fromMs }) => lowestSessionId(fromMs))}::uuid[]) as i (employee_id, beyond)
    cross join lateral (
      select check_out_punch_id from attendance_sessions s where s.employee_id = i.employee_id and s.id < i.beyond
      order by s.id desc limit 1
    ) as before`;
  return new Map(rows.map(({ employeeId, outId }) => [employeeId, outId]));
}
