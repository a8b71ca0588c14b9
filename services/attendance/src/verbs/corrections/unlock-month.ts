import { AppError } from '@muster/contracts';
import type { MonthLock, UnlockMonthBody } from '@muster/contracts/http/attendance-months';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeLock } from '../../domain/corrections/describe-lock.ts';
import { isoInstant } from '../../domain/instant.ts';
import { closeMonthGate } from '../../sql/corrections/month-gate.ts';
import { endMonthLock, findStandingLocks } from '../../sql/corrections/month-locks.ts';
import { sitesOf } from './sites-of.ts';

/**
 * Opens a closed month (`YYYY-MM`) of a site, or of every site, again: what waited for it is counted now. Throws `conflict` where it is
 * not closed, `not_found` for a site nobody knows.
 */
export async function unlockMonth(
  deps: Deps,
  actor: Actor,
  month: string,
  { siteId, reason }: UnlockMonthBody,
): Promise<MonthLock[]> {
  authorise(actor, 'months.lock');
  if (siteId !== undefined) await sitesOf(deps, siteId);
  const locks = await withTransaction(deps.sql, async (tx) => {
    await closeMonthGate(tx);
    const standing = await findStandingLocks(tx, month, siteId);
    if (standing.length === 0) throw new AppError('conflict', 'The month is not closed.');
    const at = new Date(deps.clock.now().epochMilliseconds);
    for (const lock of standing) {
      const days = await endMonthLock(tx, { id: lock.id, at, by: actor.id, reason });
      const base = { version: 2, occurredAt: isoInstant(at.getTime()), actor: toEventActor(actor) };
      const what = { lockId: lock.id, siteId: lock.siteId, month, reason, days };
      await insertOutbox(tx, [newEvent('attendance.month-unlocked.v1', { ...base, ...what })]);
    }
    return standing.map((lock) => ({
      ...lock,
      unlockedAtMs: at.getTime(),
      unlockedBy: actor.id,
      unlockReason: reason,
    }));
  });
  deps.relay.wake();
  return locks.map(describeLock);
}
