import type { Db } from '@muster/db';
import type { PlannedAtSite } from '../domain/describe-quarters.ts';
import type { Span } from '../domain/planned-load.ts';
import type { HeadcountSource } from './replace-planned-headcount.ts';

interface Row {
  site_id: string;
  name: string | null;
  zone: string | null;
  starts_at: Date;
  check_ins: number;
  check_outs: number;
}

/**
 * Quarters that begin in the half-open span, of all sites that were not deleted, in order of time and site. What an administrator said
 * of a quarter comes before what the roster says.
 */
export async function listPlannedHeadcount(sql: Db, span: Span): Promise<PlannedAtSite[]> {
  return read(
    await sql<Row[]>`
      select distinct on (p.starts_at, p.site_id) p.site_id, s.name, s.zone, p.starts_at, p.check_ins, p.check_outs
      from planned_headcount p left join sites s on s.id = p.site_id
      where p.starts_at >= ${new Date(span.fromMs)} and p.starts_at < ${new Date(span.toMs)} and s.deleted is not true
      order by p.starts_at, p.site_id, p.source = 'ROSTER'`,
  );
}

/** Quarters of one site that one source planned, in order of time. */
export async function listSitesHeadcount(
  sql: Db,
  span: Span,
  siteId: string,
  source: HeadcountSource,
): Promise<PlannedAtSite[]> {
  return read(
    await sql<Row[]>`
      select p.site_id, s.name, s.zone, p.starts_at, p.check_ins, p.check_outs
      from planned_headcount p left join sites s on s.id = p.site_id
      where p.site_id = ${siteId} and p.source = ${source} and s.deleted is not true
        and p.starts_at >= ${new Date(span.fromMs)} and p.starts_at < ${new Date(span.toMs)}
      order by p.starts_at`,
  );
}

const read = (rows: readonly Row[]): PlannedAtSite[] =>
  rows.map((row) => ({
    siteId: row.site_id,
    name: row.name,
    zone: row.zone,
    startsAtMs: row.starts_at.getTime(),
    checkIns: row.check_ins,
    checkOuts: row.check_outs,
  }));
