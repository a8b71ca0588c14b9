import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Cluster, silentLog, startCluster } from '@muster/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPool, type Sql } from '../src/index.ts';

let cluster: Cluster;
let sql: Sql;
beforeAll(async () => {
  cluster = await startCluster();
  sql = createPool({ url: cluster.url, max: 1, applicationName: 'results-test', log: silentLog });
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await cluster.stop();
});

/** V8's own, as `--expose-gc` gives it. */
function exposedGc(): (options: { type: 'minor' | 'major' }) => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
}
const oldBytes = (): number =>
  getHeapSpaceStatistics()
    .filter(({ space_name: name }) => name === 'old_space' || name === 'large_object_space')
    .reduce((sum, { space_used_size: bytes }) => sum + bytes, 0);

// Kept until a full collection, what a site's board reads would stop everybody for tens of milliseconds every fifty boards.
test('what a query answered is gone once nobody uses it, without a full collection', async () => {
  const gc = exposedGc();
  const ask = () => sql`select repeat('ab', 11200) as x from generate_series(1, 8)`;
  const rounds = async (count: number) => {
    for (let i = 0; i < count; i++) {
      await ask();
      if (i % 10 === 0) gc({ type: 'minor' });
    }
  };
  await rounds(50);
  gc({ type: 'major' });
  const before = oldBytes();
  await rounds(200);
  // All of it would be 34 MiB.
  expect(oldBytes() - before).toBeLessThan(8 * 1024 * 1024);
});
