import type { MonthReport } from '../month/run-month.ts';
import type { LoginMix } from '../scenarios/logins.ts';
import type { Run } from '../scenarios/scenario.ts';

export interface Target {
  what: string;
  wanted: string;
  reached: string;
  ok: boolean;
}

export type Medians = Partial<Record<string, Run>>;

const ratio = (a: number | undefined, b: number | undefined): number => (a ?? Number.NaN) / (b ?? Number.NaN);

export interface Ratios {
  'a/d': number;
  'a/d-begin': number;
  'a/e': number;
  'b/a': number;
  'c/b': number;
}

/** How the scenarios stand to each other. (c) is what drains after the burst of (a), from commit to audit entry. */
export function ratiosOf(runs: Medians): Ratios {
  const rate = (id: string): number | undefined => runs[id]?.perSecond;
  return {
    'a/d': ratio(rate('direct'), rate('pgbench')),
    'a/d-begin': ratio(rate('direct'), rate('pgbench-begin')),
    'a/e': ratio(rate('direct'), rate('plain')),
    'b/a': ratio(rate('gateway'), rate('direct')),
    'c/b': ratio(eventsPerSecond(runs), rate('gateway')),
  };
}

export const eventsPerSecond = (runs: Medians): number => runs.direct?.audit?.drainPerSecond ?? Number.NaN;

/** What the project set out to reach, beside what this run reached. Only what was measured. */
export function targetsOf(runs: Medians, logins: LoginMix | undefined, month?: MonthReport): Target[] {
  const { direct, gateway } = runs;
  const r = ratiosOf(runs);
  const targets: Target[] = [];
  const add: Add = (what, value, at, bound, unit = '') => {
    if (value === undefined || Number.isNaN(value)) return;
    const ok = at === 'least' ? value >= bound : value <= bound;
    targets.push({ what, wanted: `at ${at} ${bound}${unit}`, reached: `${round(value)}${unit}`, ok });
  };
  add('(a) check-ins straight at attendance', direct?.perSecond, 'least', 4000, '/s');
  add('(a) / (d) pgbench, one statement', r['a/d'], 'least', 0.8);
  add('(b) check-ins through gateway and Dapr', gateway?.perSecond, 'least', 1200, '/s');
  add('(c) events from commit to audit row, to (b)', r['c/b'], 'least', 1);
  add('burst audited to the last', direct?.audit?.totalSeconds, 'most', 60, ' s');
  add('(a) p99 at half load', runs['half-direct']?.p99Ms, 'most', 50, ' ms');
  add('(b) p99 at half load', runs['half-gateway']?.p99Ms, 'most', 100, ' ms');
  if (month) addMonth(add, month);
  if (!logins) return targets;
  add('sign-ins neither accepted nor refused properly', logins.other * 100, 'most', 0, ' %');
  add('refusals that say when to come back', logins.saidWhen * 100, 'least', 100, ' %');
  add('auth event-loop delay p99', logins.eventLoopP99Ms, 'most', 20, ' ms');
  add('check-in p99 beside sign-ins / alone', ratio(logins.beside.p99Ms, logins.alone.p99Ms), 'most', 1.5);
  return targets;
}

type Add = (what: string, value: number | undefined, at: 'least' | 'most', bound: number, unit?: string) => void;

function addMonth(add: Add, { close, isIdentical, readings, counts }: MonthReport): void {
  const p99 = (start: string): number | undefined =>
    Object.entries(readings).find(([name]) => name.startsWith(start))?.[1].p99Ms;
  add(`month of ${counts.employees} people closed`, close.seconds, 'most', 60, ' s');
  add('days kept up, beside days derived anew: same bytes', Number(isIdentical), 'least', 1);
  add('one person’s month, p99', p99('one person'), 'most', 20, ' ms');
  add('live board of a site, p99', p99('live board'), 'most', 50, ' ms');
  add('sync of 1,000 punches, p99', p99('sync'), 'most', 300, ' ms');
}

/** Three significant digits for small figures, whole numbers for large ones. */
export const round = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
