import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Report, withLock } from '@muster/dev-env/tools';
import { type Cluster, testCluster } from './cluster.ts';
import { installDapr } from './dapr/install-dapr.ts';
import { down } from './down.ts';
import { ensureImages } from './images/ensure-images.ts';
import { ensureKeda } from './keda/ensure-keda.ts';
import { installKeda } from './keda/install-keda.ts';
import { clusterLayout, type Layout } from './layout.ts';
import { startNode } from './node/start-node.ts';
import { isWhole, readState, writeState } from './state.ts';
import { ensureClusterTools } from './tools/ensure-cluster-tools.ts';
import { ensureSystemPackages } from './tools/ensure-system-packages.ts';
import { reclaimVolumes } from './volumes.ts';

export interface UpOptions {
  /** Install Dapr's chart too; true by default. */
  dapr?: boolean;
  /** Install KEDA too; false by default, since building it takes as long as all the rest. */
  keda?: boolean;
}

/**
 * Brings the test cluster up, or finds it running. What an earlier one left is removed first; one that does not become
 * ready is removed again, and the error ends with the log that says why.
 */
export async function up(report: Report, options: UpOptions = {}, layout = clusterLayout()): Promise<Cluster> {
  const system = await ensureSystemPackages(report);
  const tools = await ensureClusterTools(report);
  const images = await ensureImages(tools, report);
  const keda = options.keda ? await ensureKeda(report) : undefined;
  const lock = `${layout.root}.lock`;
  await mkdir(dirname(lock), { recursive: true });
  return withLock(lock, async () => {
    const found = await readState(layout);
    if (!found || !isWhole(found)) {
      await down(layout);
      await create(layout, () => startNode({ layout, system, tools, images, report }));
    }
    const cluster = await testCluster(layout);
    await reclaimVolumes(cluster, layout);
    if (options.dapr ?? true) await installDapr(cluster, tools, report);
    if (keda) await installKeda(cluster, keda, join(layout.config, 'keda'), report);
    return cluster;
  });
}

async function create(layout: Layout, start: () => Promise<void>): Promise<void> {
  try {
    await start();
    const state = await readState(layout);
    if (state) await writeState(layout, { ...state, complete: true });
  } catch (error) {
    await down(layout);
    throw error;
  }
}
