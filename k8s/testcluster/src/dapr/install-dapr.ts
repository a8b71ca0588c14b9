import { join } from 'node:path';
import { type Report, repoRoot } from '@muster/dev-env/tools';
import type { Cluster } from '../cluster.ts';
import { daprRegistry } from '../images/system-images.ts';

const values = join(repoRoot, 'k8s/dapr/values.yaml');

/** What to install Dapr from. */
export interface DaprChart {
  daprChart: string;
  daprVersion: string;
}

/** Installs Dapr by its own chart, with sidecar injection and mTLS, and waits for it. Leaves an existing Dapr alone. */
export async function installDapr(cluster: Cluster, chart: DaprChart, report: Report): Promise<void> {
  const existing = await cluster.kubectl(['get', 'crd', 'components.dapr.io', '--ignore-not-found', '-o', 'name']);
  const releases = await cluster.helm(['list', '--all-namespaces', '--deployed', '--filter', '^dapr$', '--short']);
  if (existing.trim() && (releases.trim() || !cluster.importImage)) return;
  report({ part: 'dapr', state: 'working', detail: `installing the chart of ${chart.daprVersion}` });
  const images = cluster.importImage ? ['--set', `global.registry=${daprRegistry}`] : [];
  await cluster.helm([
    ...['upgrade', '--install', 'dapr', chart.daprChart, '--namespace', 'dapr-system', '--create-namespace'],
    ...['--values', values, '--set', `global.tag=${chart.daprVersion}`, ...images, '--wait', '--timeout', '5m'],
  ]);
  report({ part: 'dapr', state: 'ready', detail: `${chart.daprVersion}, injection and mTLS` });
}
