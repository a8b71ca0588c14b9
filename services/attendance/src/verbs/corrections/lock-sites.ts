import { AppError } from '@muster/contracts';
import type { LockMonthBody, MonthLock } from '@muster/contracts/http/attendance-months';
import { insertOutbox, newEvent, newId, type Tx, withTransaction } from '@muster/db';
import { type Actor, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeLock } from '../../domain/corrections/describe-lock.ts';
import { firstOfNextMonth } from '../../domain/corrections/locked-months.ts';
import { startOfDate } from '../../domain/days/wall-time.ts';
import { isoInstant } from '../../domain/instant.ts';
import { closeMonthGate } from '../../sql/corrections/month-gate.ts';
import { findStandingLocks, insertMonthLock } from '../../sql/corrections/month-locks.ts';
import { countOpenInMonth } from '../../sql/corrections/open-in-month.ts';
import { settleMonth, settleRest } from './settle-month.ts';
import { type SiteAtWork, sitesOf } from './sites-of.ts';

/**
 * Closes a month (`YYYY-MM`) of one site, or of every site, all or none: its days stay as they are until it is unlocked. What facts have
 * arrived until then is counted first. Locking again changes nothing. Throws `month_open` where days, corrections or conflicts are open
 * or the month is not over, unless `force`, and always before it has begun; `not_found` for a site nobody knows. Whoever calls it has asked
 * whether the actor may.
 */
export async function lockSites(deps: Deps, actor: Actor, month: string, body: LockMonthBody): Promise<MonthLock[]> {
  const sites = await sitesOf(deps, body.siteId);
  const nowMs = deps.clock.now().epochMilliseconds;
  if (sites.some(({ zone }) => nowMs < startOfDate(`${month}-01`, zone)))
    throw new AppError('month_open', 'The month has not begun.');
  const defaultSiteId = deps.defaultPlace.siteId;
  // The bulk of it before anybody has to wait.
  for (const { id } of sites) await settleMonth(deps, { siteId: id, month, defaultSiteId });
  const locks = await withTransaction(deps.sql, async (tx) => {
    await closeMonthGate(tx);
    const standing = new Set((await findStandingLocks(tx, month)).map(({ siteId }) => siteId));
    const toLock = sites.filter(({ id }) => !standing.has(id));
    for (const { id } of toLock)
      if (!(await settleRest(tx, deps, { siteId: id, month, defaultSiteId })))
        throw new AppError('month_open', 'More facts arrive than can be counted at the moment: try again soon.');
    const open = await whatIsOpen(tx, deps, month, toLock);
    if (open.length > 0 && !body.force)
      throw new AppError('month_open', `Not yet: ${open.join(', ')}. Settle them, or force it.`);
    const at = deps.clock.now();
    for (const { id: siteId } of toLock) {
      const id = newId();
      const isDefault = siteId === defaultSiteId;
      const forced = open.length > 0;
      const people = await insertMonthLock(tx, {
        id,
        siteId,
        month,
        at: new Date(at.epochMilliseconds),
        by: actor.id,
        forced,
        isDefault,
      });
      const base = { version: 1, occurredAt: isoInstant(at.epochMilliseconds), actor: toEventActor(actor) };
      await insertOutbox(tx, [
        newEvent('attendance.month-locked.v1', { ...base, lockId: id, siteId, month, forced, people }),
      ]);
    }
    return findStandingLocks(tx, month, body.siteId);
  });
  deps.relay.wake();
  return locks.map(describeLock);
}

/** In words; nothing when the month may be closed. */
async function whatIsOpen(tx: Tx, deps: Deps, month: string, sites: readonly SiteAtWork[]): Promise<string[]> {
  const nowMs = deps.clock.now().epochMilliseconds;
  const next = firstOfNextMonth(`${month}-01`);
  const counts = await countOpenInMonth(tx, {
    siteIds: sites.map(({ id }) => id),
    month,
    defaultSiteId: deps.defaultPlace.siteId,
  });
  const sum = (what: 'unsettledDays' | 'pendingCorrections' | 'conflicts'): number =>
    [...counts.values()].reduce((total, one) => total + one[what], 0);
  const said = (count: number, what: string): string[] => (count > 0 ? [`${count} ${what}`] : []);
  return [
    ...(sites.some(({ zone }) => nowMs < startOfDate(next, zone)) ? ['the month is not over'] : []),
    ...said(sum('unsettledDays'), 'days are not settled'),
    ...said(sum('pendingCorrections'), 'corrections wait for a decision'),
    ...said(sum('conflicts'), 'days have conflicts'),
  ];
}
