import { percentile } from '@muster/demo';
import type { Options } from './options.ts';
import type { Leg } from './run-leg.ts';

const bucketS = 10;
const failed = (status: number | string): boolean => typeof status === 'string' || status >= 500;
const ms = (value: number): string => (Number.isNaN(value) ? '' : `${value.toFixed(0)} ms`);

/** What a leg comes to in the span of seconds from the rush's beginning. */
export function sumUp(leg: Leg, fromS: number, toS: number) {
  const seen = leg.seen.filter(({ atS }) => atS >= fromS && atS < toS);
  const ready = leg.pods.filter(({ atS }) => atS >= fromS && atS < toS).map((one) => one.ready);
  const bad: Record<string, number> = {};
  for (const { status } of seen) if (failed(status)) bad[status] = (bad[status] ?? 0) + 1;
  const latencies = seen.map((one) => one.ms);
  return {
    punches: seen.length,
    accepted: seen.filter(({ status }) => status === 201).length,
    failed: Object.values(bad).reduce((sum, n) => sum + n, 0),
    failures: Object.entries(bad)
      .map(([status, n]) => `${n} × ${status}`)
      .join(', '),
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    pods: ready.at(-1),
  };
}

/** Seconds from the rush's beginning when as many pods as there may be were ready; undefined when they never were. */
export const readyAt = (leg: Leg, pods: number): number | undefined => leg.pods.find(({ ready }) => ready >= pods)?.atS;

/** A table as Markdown has it, which a terminal shows well enough. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  return lines.toSpliced(1, 0, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`).join('\n');
}

/** Both runs side by side: pods over time, failures, p99; then the sums. */
export function reportTables(legs: readonly Leg[], o: Options): string {
  const overTime = [['from the rush’s beginning', ...legs.flatMap(({ kind }) => [`${kind}: pods`, '5xx', 'p99'])]];
  for (let fromS = -o.aheadSeconds; fromS < o.rushSeconds; fromS += bucketS) {
    const cells = legs.flatMap((leg) => {
      const { pods, failed, p99 } = sumUp(leg, fromS, fromS + bucketS);
      return [String(pods ?? ''), String(failed), ms(p99)];
    });
    overTime.push([`${fromS} … ${fromS + bucketS} s`, ...cells]);
  }
  const sums = [['the rush', 'punches', 'accepted', '5xx or no answer', 'p50', 'p99', `${o.most} pods ready`]];
  for (const leg of legs) {
    const { punches, accepted, failed, failures, p50, p99 } = sumUp(leg, 0, o.rushSeconds);
    const at = readyAt(leg, o.most);
    const ready = at === undefined ? 'never' : `${Math.abs(at).toFixed(0)} s ${at < 0 ? 'before' : 'after'} it began`;
    sums.push([leg.kind, String(punches), String(accepted), failures || String(failed), ms(p50), ms(p99), ready]);
  }
  return `${table(overTime)}\n\n${table(sums)}`;
}
