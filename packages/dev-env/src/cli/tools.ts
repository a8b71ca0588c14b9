import type { Report } from '../progress.ts';
import { ensurePostgres } from '../tools/ensure-postgres.ts';
import { ensureRedis } from '../tools/ensure-redis.ts';
import { ensureTools } from '../tools/ensure-tools.ts';
import { paint } from './paint.ts';
import { progressView } from './progress-view.ts';

/** Everything that must be there before a platform can start, found, built or installed. */
export async function obtainEverything(report: Report): Promise<Record<string, string>> {
  const redis = await ensureRedis(report);
  const { postgres } = await ensurePostgres();
  return { redis, postgres, ...(await ensureTools(report)) };
}

export async function tools(): Promise<number> {
  const view = progressView();
  const paths = await obtainEverything(view.report);
  view.end();
  for (const [name, path] of Object.entries(paths)) console.log(`${paint('green', '✓')} ${name.padEnd(10)} ${path}`);
  return 0;
}
