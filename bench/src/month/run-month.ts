import type { Bench } from '../bench.ts';
import { mintActor } from '../people/mint-people.ts';
import { type CloseFigures, closeMonth } from './close-month.ts';
import { employeeIdOf, generateMonth, type MonthCounts, siteIdOf } from './generate-month.ts';
import { measureReads, type Reading } from './measure-reads.ts';
import { measureSyncs } from './measure-syncs.ts';
import { rebuildAll } from './rebuild-all.ts';
import { drained, readStoredDays } from './stored-days.ts';

export interface MonthSize {
  employees: number;
  perSite: number;
  /** Requests of each kind. */
  reads: number;
  syncs: number;
}

/** What a whole company's month came to. */
export interface MonthReport {
  month: string;
  counts: MonthCounts;
  generatedSeconds: number;
  /** By the service's own worker, from facts to days. */
  derivedSeconds: number;
  days: number;
  /** Every day derived again, by another process. */
  rebuiltSeconds: number;
  /** Whether that gave the same bytes. */
  isIdentical: boolean;
  close: CloseFigures;
  /** By name, over one connection, one after the other. */
  readings: Record<string, Reading>;
}

/** Generates the calendar month before this one and asks of it what people ask at its end. */
export async function runMonth(bench: Bench, size: MonthSize): Promise<MonthReport> {
  const { say, attendance: sql } = bench;
  const now = Temporal.Now.instant();
  const first = now.toZonedDateTimeISO('UTC').toPlainDate().with({ day: 1 }).subtract({ months: 1 });
  const month = String(first).slice(0, 7);
  const clock = stopwatch();
  say(`a month of ${size.employees} people: ${month}`);
  const plan = { ...size, from: String(first), days: first.daysInMonth, now };
  const counts = await generateMonth(sql, plan, say);
  const generatedSeconds = clock();
  say(
    `${counts.punches} punches, ${counts.sessions} sessions in ${generatedSeconds.toFixed(0)} s; now they become days`,
  );
  await sql`analyze`;
  await drained(sql);
  const derivedSeconds = clock();
  const stored = await readStoredDays(sql);
  say(`${stored.days} days in ${derivedSeconds.toFixed(0)} s; now once more, from nothing but the facts`);
  clock();
  await rebuildAll(bench);
  const rebuiltSeconds = clock();
  const isIdentical = (await readStoredDays(sql)).hash === stored.hash;
  say(`rebuilt in ${rebuiltSeconds.toFixed(0)} s: ${isIdentical ? 'the same bytes' : 'NOT the same'}`);
  await sql`vacuum analyze`;
  const readings = await measureAll(bench, size, month);
  const close = await closeMonth(bench, month);
  say(`${month} closed for ${close.people} people in ${close.seconds.toFixed(1)} s`);
  return {
    ...{ month, counts, generatedSeconds, derivedSeconds, days: stored.days, rebuiltSeconds, isIdentical, close },
    readings,
  };
}

async function measureAll(bench: Bench, size: MonthSize, month: string): Promise<Record<string, Reading>> {
  const origin = bench.platform.urls.services.attendance ?? '';
  const { token } = await mintActor(bench.key, { role: 'hr' });
  const read = (paths: string[]): Promise<Reading> =>
    measureReads(
      origin,
      paths.map((path) => ({ token, path })),
    );
  const times = (count: number, path: (at: number) => string): string[] =>
    Array.from({ length: count }, (_, at) => path(at));
  // Spread over everybody, never the same twice.
  const someone = (at: number): number => (at * 7919) % size.employees;
  const depths = [0, 0.5, 0.99].map((share) => [share, employeeIdOf(Math.floor(size.employees * share))] as const);
  const readings: Record<string, Reading> = {
    'one person’s month': await read(
      times(size.reads, (at) => `/api/attendance/timesheets/${employeeIdOf(someone(at))}?month=${month}`),
    ),
    [`live board of ${size.perSite} people`]: await read(
      times(size.reads, () => `/api/attendance/live?siteId=${siteIdOf(0)}&limit=100`),
    ),
    [`live board, all ${size.perSite} in one answer`]: await read(
      times(Math.ceil(size.reads / 10), () => `/api/attendance/live?siteId=${siteIdOf(0)}&whole=true`),
    ),
  };
  for (const [share, cursor] of depths)
    readings[`timesheets, 100 a page, ${share * 100} % deep`] = await read(
      times(Math.ceil(size.reads / 5), () => `/api/attendance/timesheets?month=${month}&limit=100&cursor=${cursor}`),
    );
  const cursors = await sessionCursors(bench);
  for (const [share, cursor] of cursors)
    readings[`sessions, 100 a page, ${share * 100} % deep`] = await read(
      times(Math.ceil(size.reads / 5), () => `/api/attendance?limit=100&cursor=${cursor}`),
    );
  readings['sync of 1,000 punches'] = await measureSyncs(bench, size.syncs, size.perSite);
  return readings;
}

/** Ids at which pages of sessions begin: the list is newest first. */
async function sessionCursors({ attendance: sql }: Bench): Promise<[number, string][]> {
  const [row] = await sql<[{ ids: string[] }]>`
    select percentile_disc(array[0.99, 0.5, 0.01]) within group (order by id) as ids from attendance_sessions`;
  return row.ids.map((id, at) => [[0, 0.5, 0.99][at] ?? 0, id]);
}

/** Seconds since it was asked last. */
function stopwatch(): () => number {
  let since = performance.now();
  return () => {
    const seconds = (performance.now() - since) / 1000;
    since = performance.now();
    return seconds;
  };
}
