import { setTimeout as sleep } from 'node:timers/promises';
import type { CloseBody, MonthCloses } from '@muster/contracts/http/attendance-timesheets';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeClose } from '../../domain/timesheets/describe-close.ts';
import { insertClose, listCloses } from '../../sql/timesheets/month-closes.ts';
import { lockSites } from '../corrections/lock-sites.ts';
import { advanceClose } from './advance-close.ts';

/** How long a request waits for the last total; whoever asks again sees how far it is, and the worker goes on. */
const patienceMs = 20_000;

export interface CloseAnswer {
  /** `begun`: by this request. */
  outcome: 'was closed' | 'closed' | 'closing';
  answer: MonthCloses;
}

/**
 * Closes a month of one site or all: everything that has arrived is counted, the month is locked (see `lockSites`, which says what it throws),
 * and everybody's totals are written down. Whoever may close may lock for it; to open a month again is `months.lock`. Asking again, also of two processes at once, changes nothing.
 */
export async function closeMonth(
  deps: Deps,
  actor: Actor,
  month: string,
  { siteId, force }: CloseBody,
): Promise<CloseAnswer> {
  authorise(actor, 'timesheets.close');
  const locks = await lockSites(deps, actor, month, { siteId, force: force !== undefined });
  const lockIds = locks.map(({ id }) => id);
  const askedAt = new Date(deps.clock.now().epochMilliseconds);
  let begun = false;
  for (const lock of locks) {
    const reason = lock.forced ? (force?.reason ?? null) : null;
    const base = { lockId: lock.id, month, siteId: lock.siteId, reason, askedAt, askedBy: actor.id };
    begun = (await insertClose(deps.sql, base)) || begun;
  }
  const ours = async () => (await listCloses(deps.sql, month, siteId)).filter(({ lockId }) => lockIds.includes(lockId));
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    if (await advanceClose(deps, lockIds)) continue;
    if ((await ours()).every(({ state }) => state === 'closed')) break;
    // Another process is writing on it.
    await sleep(50);
  }
  const closes = await ours();
  const done = closes.every(({ state }) => state === 'closed');
  return {
    outcome: done ? (begun ? 'closed' : 'was closed') : 'closing',
    answer: { month, closes: closes.map(describeClose) },
  };
}
