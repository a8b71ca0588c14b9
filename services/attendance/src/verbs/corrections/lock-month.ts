import type { LockMonthBody, MonthLock } from '@muster/contracts/http/attendance-months';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { lockSites } from './lock-sites.ts';

/** Closes a month (`YYYY-MM`) of one site, or of every site: see {@link lockSites}, which says what it throws. */
export async function lockMonth(deps: Deps, actor: Actor, month: string, body: LockMonthBody): Promise<MonthLock[]> {
  authorise(actor, 'months.lock');
  return lockSites(deps, actor, month, body);
}
