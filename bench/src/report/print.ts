import Table from 'cli-table3';
import type { MonthReport } from '../month/run-month.ts';
import type { LoginMix } from '../scenarios/logins.ts';
import type { Run } from '../scenarios/scenario.ts';
import { printMonth } from './print-month.ts';
import { eventsPerSecond, type Medians, ratiosOf, round, targetsOf } from './ratios.ts';

const table = (head: string[], rows: string[][]): string => {
  const drawn = new Table({ head, style: { head: [], border: [], compact: true } });
  drawn.push(...rows);
  return drawn.toString();
};

const cores = (used: Record<string, number>): string => {
  const groups = Object.entries(used).sort(([, a], [, b]) => b - a);
  return groups
    .slice(0, 6)
    .map(([name, share]) => `${name} ${share.toFixed(2)}`)
    .join(', ');
};

const row = (title: string, run: Run): string[] => [
  title,
  String(run.count),
  run.offered === undefined ? '' : String(run.offered),
  run.perSecond.toFixed(0),
  run.p50Ms.toFixed(1),
  run.p99Ms.toFixed(1),
  run.audit ? run.audit.totalSeconds.toFixed(1) : '',
  run.audit ? run.audit.lagSeconds.toFixed(1) : '',
  run.othersCores.toFixed(2),
];

/** The whole report as text. */
export function printReport(
  titles: ReadonlyMap<string, string>,
  runs: Medians,
  logins: LoginMix | undefined,
  month?: MonthReport,
): string {
  const shown = [...titles].flatMap(([id, title]) => (runs[id] ? [[title, runs[id]] as const] : []));
  const sections = [
    table(
      ['', 'people', 'offered/s', 'per s', 'p50 ms', 'p99 ms', 'all audited after s', 'audit behind s', 'others cores'],
      shown.map(([title, run]) => row(title, run)),
    ),
    `(c) from commit to audit row, draining the burst of (a): ${round(eventsPerSecond(runs))} events/s`,
    Object.entries(ratiosOf(runs))
      .filter(([, value]) => !Number.isNaN(value))
      .map(([name, value]) => `${name} ${value.toFixed(2)}`)
      .join('   '),
    table(
      ['', 'cores used while it ran'],
      shown.map(([title, run]) => [title, cores(run.cores)]),
    ),
    ...(logins ? [printLogins(logins)] : []),
    ...(month ? [printMonth(month)] : []),
    table(
      ['target', 'wanted', 'reached', ''],
      targetsOf(runs, logins, month).map(({ what, wanted, reached, ok }) => [what, wanted, reached, ok ? 'yes' : 'NO']),
    ),
  ];
  return sections.filter(Boolean).join('\n\n');
}

function printLogins(mix: LoginMix): string {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  const ratio = mix.beside.p99Ms / mix.alone.p99Ms;
  return table(
    [`${mix.offered} sign-ins/s beside ${mix.beside.offered} check-ins/s`, ''],
    [
      [
        'accepted',
        `${percent(mix.accepted)}, ${mix.acceptedPerSecond.toFixed(1)}/s, p99 ${mix.acceptedP99Ms.toFixed(0)} ms`,
      ],
      ['refused (429, 503)', `${percent(mix.refused)}, ${percent(mix.saidWhen)} of them with Retry-After`],
      ['refused after', `p50 ${mix.refusedP50Ms.toFixed(1)} ms, p99 ${mix.refusedP99Ms.toFixed(1)} ms`],
      ['auth event-loop delay', `p99 ${mix.eventLoopP99Ms.toFixed(1)} ms, sampled every 10 ms`],
      [
        'check-in p99',
        `alone ${mix.alone.p99Ms.toFixed(1)} ms, beside ${mix.beside.p99Ms.toFixed(1)} ms: ${ratio.toFixed(2)} ×`,
      ],
      ['cores used', cores(mix.beside.cores)],
    ],
  );
}
