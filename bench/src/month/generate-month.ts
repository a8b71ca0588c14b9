import type { Sql } from '@muster/db';
import { insertAssignments, insertShifts } from './insert-plan.ts';

/** A month of work of a whole company, as attendance stores it. */
export interface MonthPlan {
  employees: number;
  /** People of one site, one after the other in order of their number. */
  perSite: number;
  /** First date, `YYYY-MM-DD`, and how many days. */
  from: string;
  days: number;
  /** Until then the people of the first site go on working: somebody is to be seen on its board. */
  now: Temporal.Instant;
}

export interface MonthCounts {
  sites: number;
  employees: number;
  punches: number;
  sessions: number;
}

/** People whose facts are written by one statement. */
const slice = 1000;

// Half of the sites are where the clocks go back in October, a third of all people work through that night.
const zones = ['Europe/Berlin', 'America/New_York'] as const;
export const shiftStarts = ['06:00', '14:00', '22:00'] as const;
export const shiftEnds = ['14:00', '22:00', '06:00'] as const;
const shiftHours = 8;

/** Id of the person of that number: the SQL below makes the same one. */
export const employeeIdOf = (number: number): string =>
  `0190a000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
export const siteIdOf = (number: number): string => `0190b000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

/**
 * Fills people, punches and sessions: everybody works five days of seven in one of three shifts, minutes early or late, with a punched
 * break every eighth day. No chance is involved: the same plan is the same month.
 */
export async function generateMonth(sql: Sql, plan: MonthPlan, say: (line: string) => void): Promise<MonthCounts> {
  const sites = Math.ceil(plan.employees / plan.perSite);
  const siteIds = Array.from({ length: sites }, (_, at) => siteIdOf(at));
  await sql`
    insert into sites (id, name, zone, version)
    select id, 'Bench site ' || n, (${[...zones]}::text[])[1 + n % ${zones.length}], 1
    from unnest(${siteIds}::uuid[]) with ordinality as s (id, n)`;
  await insertShifts(sql);
  let [punches, sessions] = [0, 0];
  for (let first = 0; first < plan.employees; first += slice) {
    const numbers = Array.from({ length: Math.min(slice, plan.employees - first) }, (_, at) => first + at);
    await insertPeople(sql, numbers, plan);
    await insertAssignments(sql, numbers, plan);
    const written = await insertFacts(sql, numbers, plan, { ...plan, until: 'infinity' });
    const isFirstSite = first < plan.perSite;
    if (isFirstSite)
      await insertFacts(
        sql,
        numbers.filter((n) => n < plan.perSite),
        plan,
        sinceThen(plan),
      );
    punches += written.punches;
    sessions += written.sessions;
    if ((first / slice) % 20 === 19) say(`  ${first + slice} people, ${punches} punches`);
  }
  return { sites, employees: plan.employees, punches, sessions };
}

/** From the end of the month until now. */
function sinceThen({ from, days, now }: MonthPlan): FactSpan {
  const after = Temporal.PlainDate.from(from).add({ days });
  const today = now.toZonedDateTimeISO('UTC').toPlainDate();
  return { from: String(after), days: after.until(today).days + 1, until: String(now) };
}

/** One in fifty manages the others of their fifty. */
async function insertPeople(sql: Sql, numbers: readonly number[], { perSite }: MonthPlan): Promise<void> {
  await sql`
    insert into people (id, name, role, department, site_id, manager_id, status, version)
    select id, 'Bench Person ' || n, case when n % 50 = 0 then 'manager' else 'employee' end, 'Department ' || n % 12, site_id,
      manager_id, 'active', 1
    from unnest(${numbers as number[]}::int[], ${numbers.map(employeeIdOf)}::uuid[],
      ${numbers.map((n) => siteIdOf(Math.floor(n / perSite)))}::uuid[],
      ${numbers.map((n) => (n % 50 === 0 ? null : employeeIdOf(n - (n % 50))))}::uuid[]) as p (n, id, site_id, manager_id)`;
}

/** What somebody's facts are made of: dates, and the instant after which nothing has happened yet. */
export interface FactSpan {
  from: string;
  days: number;
  until: string;
}

/** Writes what these people did between two dates and now: who is in their shift has an open session. */
export async function insertFacts(
  sql: Sql,
  numbers: readonly number[],
  { perSite }: Pick<MonthPlan, 'perSite'>,
  { from, days, until }: FactSpan,
): Promise<{ punches: number; sessions: number }> {
  const [row] = await sql<[{ punches: number; sessions: number }]>`
    with people as (
      select p.n, p.id, p.site_id, z.zone from unnest(${numbers as number[]}::int[], ${numbers.map(employeeIdOf)}::uuid[],
        ${numbers.map((n) => siteIdOf(Math.floor(n / perSite)))}::uuid[]) as p (n, id, site_id)
      join sites z on z.id = p.site_id
    ), work as materialized (
      select p.*, d, gen_random_uuid() as in_id, gen_random_uuid() as out_id,
        ((${from}::date + d + (${[...shiftStarts]}::time[])[1 + n % 3]) at time zone p.zone)
          + (n * 7 + d * 13) % 20 * interval '1 minute' - interval '8 minutes' as in_at,
        ((${from}::date + d + (${[...shiftStarts]}::time[])[1 + n % 3]) at time zone p.zone)
          + (${shiftHours} * 60 + (n * 5 + d * 11) % 30) * interval '1 minute' as out_at
      from people p, generate_series(0, ${days - 1}) as d
      where ((${from}::date - '2000-01-01'::date) + d + n) % 7 < 5
    ), named as materialized (
      select *, uuidv7(in_at - clock_timestamp()) as session_id, out_at < ${until}::timestamptz as is_over from work
      where in_at < ${until}::timestamptz
    ), facts as (
      select id, site_id, zone, session_id, in_id as punch_id, 'IN' as type, in_at as at from named
      union all select id, site_id, zone, session_id, out_id, 'OUT', out_at from named where is_over
      union all select id, site_id, zone, session_id, gen_random_uuid(), 'BREAK_START', in_at + interval '4 hours' from named
        where is_over and (d * 3 + n) % 8 = 0
      union all select id, site_id, zone, session_id, gen_random_uuid(), 'BREAK_END', in_at + interval '4 hours 30 minutes'
        from named where is_over and (d * 3 + n) % 8 = 0
    ), stored as (
      insert into punches (id, employee_id, attendance_id, site_id, occurred_at, received_at, local_date, utc_offset_minutes,
        type, source, zone)
      select punch_id, id, session_id, site_id, at, at, (at at time zone zone)::date,
        extract(epoch from (at at time zone zone) - (at at time zone 'UTC'))::int / 60, type, 'kiosk', zone
      from facts order by id, at
      returning 1
    ), kept as (
      insert into attendance_sessions (id, employee_id, site_id, check_in_punch_id, check_out_punch_id, check_in_at, check_out_at,
        date, version, source, zone)
      select session_id, id, site_id, in_id, case when is_over then out_id end, in_at, case when is_over then out_at end,
        (in_at at time zone zone)::date, case when is_over then 2 else 1 end, 'kiosk', zone from named
      returning 1
    )
    select (select count(*)::int from stored) as punches, (select count(*)::int from kept) as sessions`;
  return row;
}
