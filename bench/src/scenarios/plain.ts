import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Bench } from '../bench.ts';
import { type ScratchDatabase, scratchDatabase } from '../scratch-database.ts';
import { checkPeopleIn } from './check-ins.ts';
import type { Scenario } from './scenario.ts';

const program = fileURLToPath(new URL('../baseline/server-main.ts', import.meta.url));

interface Baseline {
  child: ChildProcess;
  origin: string;
  database: ScratchDatabase;
}

let baseline: Baseline | undefined;

async function startBaseline(bench: Bench): Promise<Baseline> {
  const database = await scratchDatabase(bench, 'bench_plain');
  const { urls, tokens, env } = bench.platform;
  const child = fork(program, {
    env: {
      ...process.env,
      DATABASE_URL: database.url,
      // As many as pgbench has clients.
      DATABASE_POOL_MAX: '32',
      JWKS_URL: `${urls.services.auth}/api/auth/.well-known/jwks.json`,
      DAPR_HTTP_PORT: env('attendance').DAPR_HTTP_PORT,
      DAPR_API_TOKEN: tokens.attendance?.dapr,
      RELAY_YIELD_AT: '32',
    },
  });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return { child, origin: `http://127.0.0.1:${port}`, database };
}

export const plain: Scenario = {
  id: 'plain',
  title: '(e) the plain way',
  async run(bench, { plainBurst: count, connections, freshShare }) {
    baseline ??= await startBaseline(bench);
    const { origin, child, database } = baseline;
    const processes = new Map([[child.pid ?? 0, 'plain server']]);
    const path = '/api/attendance/today';
    return checkPeopleIn(bench, { origin, path, sql: database.sql, count, connections, freshShare, processes });
  },
  async close() {
    if (!baseline) return;
    const { child, database } = baseline;
    const gone = once(child, 'exit');
    child.disconnect();
    await gone;
    await database.sql.end({ timeout: 5 });
  },
};
