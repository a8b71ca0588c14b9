import type { MonthState } from '@muster/contracts/http/attendance-months';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeLock } from '../../domain/corrections/describe-lock.ts';
import { findStandingLocks } from '../../sql/corrections/month-locks.ts';
import { countOpenInMonth } from '../../sql/corrections/open-in-month.ts';
import { sitesOf } from './sites-of.ts';

/** Where a month (`YYYY-MM`) stands at each site: closed or not, what is open, what waits. Numbers, nobody's days. */
export async function getMonth(deps: Deps, actor: Actor, month: string): Promise<MonthState> {
  authorise(actor, 'months.read');
  const sites = await sitesOf(deps);
  const locks = new Map((await findStandingLocks(deps.sql, month)).map((lock) => [lock.siteId, lock]));
  const open = await countOpenInMonth(deps.sql, {
    siteIds: sites.map(({ id }) => id),
    month,
    defaultSiteId: deps.defaultPlace.siteId,
  });
  return {
    month,
    sites: sites.map(({ id: siteId, name }) => {
      const lock = locks.get(siteId);
      const { unsettledDays = 0, pendingCorrections = 0, conflicts = 0 } = open.get(siteId) ?? {};
      const { overtimeAwaiting = 0, waitingDays = 0 } = open.get(siteId) ?? {};
      return {
        siteId,
        name,
        lock: lock ? describeLock(lock) : null,
        unsettledDays,
        pendingCorrections,
        conflicts,
        overtimeAwaiting,
        waitingDays,
      };
    }),
  };
}
