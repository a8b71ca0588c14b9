import type { Db, Tx } from '@muster/db';
import type { StoredLock } from '../../domain/corrections/describe-lock.ts';

const columns = (sql: Db) => sql`
  l.id, l.site_id as "siteId", to_char(l.month, 'YYYY-MM') as month, floor(extract(epoch from l.locked_at) * 1000)::float8 as "lockedAtMs", l.locked_by as "lockedBy", l.forced,
  l.people, floor(extract(epoch from l.unlocked_at) * 1000)::float8 as "unlockedAtMs", l.unlocked_by as "unlockedBy", l.unlock_reason as "unlockReason"`;

/** The standing locks of a month (`YYYY-MM`), of all sites or one, in order of site. */
export async function findStandingLocks(sql: Db, month: string, siteId?: string): Promise<StoredLock[]> {
  return sql<StoredLock[]>`
    select ${columns(sql)} from month_locks l
    where l.month = ${`${month}-01`} and l.unlocked_at is null ${siteId === undefined ? sql`` : sql`and l.site_id = ${siteId}`}
    order by l.site_id`;
}

export interface LocksWanted {
  siteId?: string | undefined;
  month?: string | undefined;
  standing?: boolean | undefined;
  /** Ids below this one. */
  beyond?: string | undefined;
  limit: number;
}

/** Locks and their history, newest first. */
export async function listMonthLocks(sql: Db, o: LocksWanted): Promise<StoredLock[]> {
  return sql<StoredLock[]>`
    select ${columns(sql)} from month_locks l
    where true ${o.beyond === undefined ? sql`` : sql`and l.id < ${o.beyond}`}
      ${o.siteId === undefined ? sql`` : sql`and l.site_id = ${o.siteId}`}
      ${o.month === undefined ? sql`` : sql`and l.month = ${`${o.month}-01`}`}
      ${o.standing === undefined ? sql`` : o.standing ? sql`and l.unlocked_at is null` : sql`and l.unlocked_at is not null`}
    order by l.id desc limit ${o.limit}`;
}

export interface NewLock {
  id: string;
  siteId: string;
  month: string;
  at: Date;
  by: string;
  forced: boolean;
  /** People nobody has heard of yet count there. */
  isDefault: boolean;
}

/** Closes a month of everybody who belongs to the site now, and was not closed elsewhere; returns how many. */
export async function insertMonthLock(tx: Tx, o: NewLock): Promise<number> {
  const first = `${o.month}-01`;
  const { count } = await tx`
    insert into locked_months (employee_id, month, lock_id)
    select employee_id, ${first}::date, ${o.id} from (
      select id as employee_id from people where site_id = ${o.siteId}
      ${
        o.isDefault
          ? tx`union select d.employee_id from attendance_days d
               where d.date >= ${first}::date and d.date < ${first}::date + interval '1 month'
                 and not exists (select from people p where p.id = d.employee_id)`
          : tx``
      }
    ) as everybody
    on conflict do nothing`;
  await tx`
    insert into month_locks (id, site_id, month, locked_at, locked_by, forced, people)
    values (${o.id}, ${o.siteId}, ${first}, ${o.at}, ${o.by}, ${o.forced}, ${count})`;
  return count;
}

/** Ends a lock, queues the days that waited for that, and returns how many there were. */
export async function endMonthLock(tx: Tx, o: { id: string; at: Date; by: string; reason: string }): Promise<number> {
  await tx`
    update month_locks set unlocked_at = ${o.at}, unlocked_by = ${o.by}, unlock_reason = ${o.reason} where id = ${o.id}`;
  const { count } = await tx`
    with opened as (delete from locked_months where lock_id = ${o.id} returning employee_id, month),
    applied as (
      delete from waiting_days w using opened o
      where w.employee_id = o.employee_id and w.date >= o.month and w.date < o.month + interval '1 month'
      returning w.employee_id, w.date
    )
    insert into day_queue (employee_id, from_date, to_date) select employee_id, date, date from applied`;
  return count;
}

/** Closes for somebody new what is closed at their site: a fact of then, which comes later, waits like anybody's. */
export async function lockMonthsOfNewcomer(tx: Tx, employeeId: string): Promise<void> {
  await tx`
    insert into locked_months (employee_id, month, lock_id)
    select p.id, l.month, l.id from people p join month_locks l on l.site_id = p.site_id and l.unlocked_at is null
    where p.id = ${employeeId} on conflict do nothing`;
}
