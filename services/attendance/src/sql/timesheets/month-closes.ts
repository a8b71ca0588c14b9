import type { Db, Tx } from '@muster/db';

/** A close of a site's month as it is kept. */
export interface StoredClose {
  lockId: string;
  /** `YYYY-MM`. */
  month: string;
  siteId: string;
  version: number;
  state: 'closing' | 'closed';
  reason: string | null;
  askedAt: Date;
  askedBy: string;
  afterId: string;
  people: number;
  /** Days whose overtime nobody decided; null: not counted. */
  overtimeAwaiting: number | null;
  sha256: string | null;
  closedAt: Date | null;
  /** False: the lock it rests on was opened again. */
  standing: boolean;
}

const columns = (sql: Db) => sql`
  c.lock_id as "lockId", to_char(c.month, 'YYYY-MM') as month, c.site_id as "siteId", c.version, c.state, c.reason,
  c.asked_at as "askedAt", c.asked_by as "askedBy", c.after_id as "afterId", c.people,
  c.overtime_awaiting as "overtimeAwaiting", c.sha256, c.closed_at as "closedAt",
  exists (select from month_locks l where l.id = c.lock_id and l.unlocked_at is null) as standing`;

export interface NewClose {
  lockId: string;
  month: string;
  siteId: string;
  reason: string | null;
  askedAt: Date;
  askedBy: string;
}

/** Begins a close unless the lock has one; true when it began. The key decides between two that begin at once. */
export async function insertClose(sql: Db, o: NewClose): Promise<boolean> {
  const { count } = await sql`
    insert into month_closes (lock_id, month, site_id, version, reason, asked_at, asked_by, overtime_awaiting)
    select ${o.lockId}, ${`${o.month}-01`}, ${o.siteId}, 1 + coalesce(max(version), 0), ${o.reason}, ${o.askedAt}, ${o.askedBy}, 0
    from month_closes where month = ${`${o.month}-01`}::date and site_id = ${o.siteId}
    on conflict do nothing`;
  return count > 0;
}

/** Takes a close that is under way and that no other process is writing on at the moment. */
export async function takeClose(tx: Tx, lockIds: readonly string[] | null): Promise<StoredClose | undefined> {
  const [row] = await tx<StoredClose[]>`
    select ${columns(tx)} from month_closes c
    where c.state = 'closing' ${lockIds === null ? tx`` : tx`and c.lock_id = any(${lockIds as string[]}::uuid[])`}
    order by c.lock_id limit 1 for update of c skip locked`;
  return row;
}

/** Closes of a month, of one site or all, by site and version. */
export async function listCloses(sql: Db, month: string, siteId?: string): Promise<StoredClose[]> {
  return sql<StoredClose[]>`
    select ${columns(sql)} from month_closes c
    where c.month = ${`${month}-01`} ${siteId === undefined ? sql`` : sql`and c.site_id = ${siteId}`}
    order by c.site_id, c.version`;
}

/** Forgets a close whose lock was opened before it was written. */
export async function dropClose(tx: Tx, lockId: string): Promise<void> {
  await tx`delete from timesheets where lock_id = ${lockId}`;
  await tx`delete from month_closes where lock_id = ${lockId}`;
}

/** A batch of a close is written: how many people it was, and how many of their days have overtime that nobody decided. */
export async function moveClose(
  tx: Tx,
  lockId: string,
  afterId: string,
  more: { people: number; overtimeAwaiting: number },
): Promise<void> {
  await tx`
    update month_closes set after_id = ${afterId}, people = people + ${more.people},
      overtime_awaiting = overtime_awaiting + ${more.overtimeAwaiting}
    where lock_id = ${lockId}`;
}

export async function finishClose(tx: Tx, lockId: string, sha256: string, closedAt: Date): Promise<StoredClose> {
  const [row] = await tx<[StoredClose]>`
    update month_closes c set state = 'closed', sha256 = ${sha256}, closed_at = ${closedAt} where c.lock_id = ${lockId}
    returning ${columns(tx)}`;
  return row;
}
