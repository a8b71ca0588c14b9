import { parseArgs } from 'node:util';
import { playShiftChange, reportTable } from '@muster/demo';
import { findTarget, withApi } from './target.ts';

/** Plays a shift change on the running platform, or on the one at `MUSTER_URL`. Exit code 1 when a number does not add up. */
export async function demo(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { people: { type: 'string', default: '200' }, 'window-seconds': { type: 'string', default: '60' } },
  });
  const { url, admin } = await findTarget();
  return withApi(url, async (api) => {
    const report = await playShiftChange({
      api,
      admin,
      people: Number(values.people),
      windowMs: Number(values['window-seconds']) * 1000,
      progress: (line) => console.log(`  ${line}`),
    });
    console.log(reportTable(report));
    return report.faults.length === 0 ? 0 : 1;
  });
}
