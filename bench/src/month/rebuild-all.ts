import { rebuildDays } from '@muster/attendance/rebuild-days';
import { storedSources } from '@muster/attendance/stored-sources';
import { createPool } from '@muster/db';
import { systemClock } from '@muster/service-kit';
import type { Bench } from '../bench.ts';

/** Derives every day of everybody again, beside the platform, and stores what comes out. */
export async function rebuildAll({ platform, log, siteId, zone }: Bench): Promise<void> {
  const url = platform.sqlUrl('attendance');
  const sql = createPool({ url, max: 2, applicationName: 'bench rebuild', statementTimeoutMs: 120_000, log });
  try {
    await rebuildDays({ sql, clock: systemClock, daySources: storedSources, defaultPlace: { siteId, zone } });
  } finally {
    await sql.end({ timeout: 5 });
  }
}
