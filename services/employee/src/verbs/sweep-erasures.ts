import { erasePersonalData, scrubTransport, withTransaction } from '@muster/db';
import type { Deps } from '../deps.ts';
import { moment } from '../domain/moment.ts';
import { claimStep, type ErasureStep, finishStep, planStep } from '../sql/erasure-steps.ts';
import { personalTables } from '../sql/personal-data.ts';

const atOnce = 50;
const longestPauseSeconds = 600;
// Longer than a call may take: nobody else asks the same service meanwhile.
const claimed = { seconds: 60 };

/**
 * Asks each service that has something left to erase, for as long as it takes: one that is away is asked again, ever less
 * often. When all are done, they look a second time for what was on its way. Returns how many steps ended.
 */
export async function sweepErasures(deps: Deps): Promise<number> {
  let ended = 0;
  for (let count = 0; count < atOnce; count++) {
    const now = deps.clock.now();
    const step = await claimStep(deps.sql, { now: moment(now), retryAt: moment(now.add(claimed)) });
    if (step === undefined) break;
    try {
      const { done } = await erase(deps, step);
      if (await settle(deps, step, done)) ended += 1;
    } catch (err) {
      deps.log.warn({ err, service: step.service, personId: step.personId }, 'an erasure waits for a service');
      const seconds = Math.min(5 * 2 ** Math.min(step.attempts - 1, 10), longestPauseSeconds);
      await planStep(deps.sql, step, { look: step.look, at: moment(deps.clock.now().add({ seconds })) });
    }
  }
  return ended;
}

async function erase(deps: Deps, { service, personId }: ErasureStep): Promise<{ done: boolean }> {
  if (service !== 'employee') return deps.holders[service].erase(personId);
  await withTransaction(deps.sql, (tx) => erasePersonalData(tx, personalTables, personId));
  await scrubTransport(deps.sql, personId);
  return { done: true };
}

/** True when this service has nothing left to do for good. */
async function settle(deps: Deps, step: ErasureStep, done: boolean): Promise<boolean> {
  const now = deps.clock.now();
  if (!done) {
    await planStep(deps.sql, step, { look: step.look, at: moment(now) });
    return false;
  }
  if (step.look === 1) {
    await planStep(deps.sql, step, { look: 2, at: moment(now.add({ seconds: deps.secondLookSeconds })) });
    return false;
  }
  await withTransaction(deps.sql, (tx) => finishStep(tx, step, moment(now)));
  return true;
}
