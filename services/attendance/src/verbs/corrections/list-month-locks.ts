import type { CursorPage } from '@muster/contracts';
import type { MonthLock, MonthLocksQuery } from '@muster/contracts/http/attendance-months';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeLock } from '../../domain/corrections/describe-lock.ts';
import { listMonthLocks as listRows } from '../../sql/corrections/month-locks.ts';

/** Locks of months with their history, newest first. */
export async function listMonthLocks(deps: Deps, actor: Actor, query: MonthLocksQuery): Promise<CursorPage<MonthLock>> {
  authorise(actor, 'months.read');
  const { siteId, month, locked, cursor, limit } = query;
  const standing = locked === undefined ? undefined : locked === 'true';
  const rows = await listRows(deps.sql, { siteId, month, standing, beyond: cursor, limit: limit + 1 });
  const data = rows.slice(0, limit).map(describeLock);
  return { data, meta: { nextCursor: rows.length > limit ? (data.at(-1)?.id ?? null) : null } };
}
