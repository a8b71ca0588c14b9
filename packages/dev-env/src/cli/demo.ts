import { parseArgs } from 'node:util';
import { playShiftChange, playWeek, reportTable, weekTable } from '@muster/demo';
import { findTarget, withApi } from './target.ts';

const acts = ['all', 'shift-change', 'week'] as const;
type Act = (typeof acts)[number];

/**
 * Plays a shift change and a week on the running platform, or on the one at `MUSTER_URL`; `--only` one of the two. Exit code 1 when a
 * number does not add up.
 */
export async function demo(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      people: { type: 'string', default: '200' },
      'window-seconds': { type: 'string', default: '60' },
      only: { type: 'string', default: 'all' },
    },
  });
  const only = values.only as Act;
  if (!acts.includes(only)) throw new Error(`--only ${acts.slice(1).join(' or ')}`);
  const { url, admin } = await findTarget();
  const progress = (line: string): void => console.log(`  ${line}`);
  return withApi(url, async (api) => {
    const faults: string[] = [];
    if (only !== 'week') {
      const windowMs = Number(values['window-seconds']) * 1000;
      const report = await playShiftChange({ api, admin, people: Number(values.people), windowMs, progress });
      console.log(reportTable(report));
      faults.push(...report.faults);
    }
    if (only !== 'shift-change') {
      const report = await playWeek({ origin: url, admin, progress });
      console.log(weekTable(report));
      faults.push(...report.faults);
    }
    return faults.length === 0 ? 0 : 1;
  });
}
