import type { Db, Tx } from '@muster/db';
import type { StoredRuleVersion } from '../../domain/timesheets/rule-version.ts';

interface Row extends Omit<StoredRuleVersion, 'createdAtMs'> {
  createdAt: Date;
}

const columns = (sql: Db) => sql`
  id, seq, site_id as "siteId", valid_from as "validFrom", name, rules, created_at as "createdAt"`;
const stored = ({ createdAt, ...row }: Row): StoredRuleVersion => ({ ...row, createdAtMs: createdAt.getTime() });

export interface NewRuleVersion extends Omit<StoredRuleVersion, 'seq'> {
  createdBy: string;
}

/** Appends a version and returns it with its number. */
export async function insertRuleVersion(tx: Tx, one: NewRuleVersion): Promise<StoredRuleVersion> {
  const [row] = await tx<[Row]>`
    insert into rule_versions (id, site_id, valid_from, name, rules, created_at, created_by)
    values (${one.id}, ${one.siteId}, ${one.validFrom}, ${one.name}, ${one.rules}, ${new Date(one.createdAtMs)}, ${one.createdBy})
    returning ${columns(tx)}`;
  return stored(row);
}

/** Every version that may count at one of these sites: their own, and those of every site. */
export async function findRuleVersions(sql: Db, siteIds: readonly string[]): Promise<StoredRuleVersion[]> {
  const rows = await sql<Row[]>`
    select ${columns(sql)} from rule_versions
    where site_id is null or site_id = any(${siteIds as string[]}::uuid[]) order by seq`;
  return rows.map(stored);
}

export async function findRuleVersion(sql: Db, id: string): Promise<StoredRuleVersion | undefined> {
  const [row] = await sql<Row[]>`select ${columns(sql)} from rule_versions where id = ${id}`;
  return row && stored(row);
}

/** Versions, the last said first; before `beyond` (their `seq`), of one site where it is named. */
export async function listRuleVersions(
  sql: Db,
  o: { beyond: number | undefined; siteId: string | undefined; limit: number },
): Promise<StoredRuleVersion[]> {
  const rows = await sql<Row[]>`
    select ${columns(sql)} from rule_versions
    where true ${o.beyond === undefined ? sql`` : sql`and seq < ${o.beyond}`}
      ${o.siteId === undefined ? sql`` : sql`and site_id = ${o.siteId}`}
    order by seq desc limit ${o.limit}`;
  return rows.map(stored);
}
