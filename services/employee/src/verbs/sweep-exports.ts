import type { Deps } from '../deps.ts';
import { moment } from '../domain/moment.ts';
import { claimExport, postponeExport, settleExports } from '../sql/exports.ts';
import { lease, prepareExport } from './privacy/prepare-export.ts';

const forgottenAfter = { hours: 30 * 24 };
const longestPauseSeconds = 600;
const atOnce = 10;

/** Makes the archives that are due, one after the other. What a service that is away keeps back is tried again, ever less often. */
export async function sweepExports(deps: Deps): Promise<number> {
  const now = deps.clock.now();
  await settleExports(deps.sql, moment(now), moment(now.subtract(forgottenAfter)));
  let ready = 0;
  for (let count = 0; count < atOnce; count++) {
    const at = deps.clock.now();
    const claimed = await claimExport(deps.sql, { now: moment(at), leaseUntil: moment(at.add(lease)) });
    if (claimed === undefined) break;
    try {
      if (await prepareExport(deps, claimed)) ready += 1;
    } catch (err) {
      deps.log.warn({ err, export: claimed.id, attempt: claimed.attempt }, 'an export could not be made yet');
      const seconds = Math.min(10 * 2 ** Math.min(claimed.attempt - 1, 10), longestPauseSeconds);
      await postponeExport(deps.sql, claimed, moment(deps.clock.now().add({ seconds })));
    }
  }
  return ready;
}
