import type { Db } from '@muster/db';
import type { PlannedAtSite } from '../domain/describe-quarters.ts';
import type { Span } from '../domain/planned-load.ts';

interface Row {
  site_id: string;
  name: string | null;
  zone: string | null;
  starts_at: Date;
  check_ins: number;
  check_outs: number;
}

/** Quarters that begin in the half-open span, of all sites that were not deleted or of one, in order of time and site. */
export async function listPlannedHeadcount(sql: Db, span: Span, siteId?: string): Promise<PlannedAtSite[]> {
  const rows = await sql<Row[]>`
    select p.site_id, s.name, s.zone, p.starts_at, p.check_ins, p.check_outs
    from planned_headcount p left join sites s on s.id = p.site_id
    where p.starts_at >= ${new Date(span.fromMs)} and p.starts_at < ${new Date(span.toMs)}
      and s.deleted is not true ${siteId === undefined ? sql`` : sql`and p.site_id = ${siteId}`}
    order by p.starts_at, p.site_id`;
  return rows.map((row) => ({
    siteId: row.site_id,
    name: row.name,
    zone: row.zone,
    startsAtMs: row.starts_at.getTime(),
    checkIns: row.check_ins,
    checkOuts: row.check_outs,
  }));
}
