import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Report } from '@muster/dev-env/tools';
import type { Cluster } from '../cluster.ts';
import type { Keda } from './ensure-keda.ts';
import { kedaOverlay, kedaParts } from './keda-overlay.ts';

const namespace = ['--namespace', 'keda'];
const served = 'v1beta1.external.metrics.k8s.io';

/** Installs KEDA on the test cluster from its own manifests, and waits until its metrics are served. */
export async function installKeda(cluster: Cluster, keda: Keda, folder: string, report: Report): Promise<void> {
  if (await hasKeda(cluster)) return;
  report({ part: 'keda', state: 'working', detail: `installing ${keda.version}` });
  for (const { archive } of Object.values(keda.images)) await cluster.importImage?.(archive);
  await writeOverlay(folder, keda);
  // Server-side: its definitions are longer than the annotation of a client-side apply may be.
  await cluster.kubectl(['apply', '--server-side', '--kustomize', folder]);
  for (const { deployment } of Object.values(kedaParts)) {
    await cluster.kubectl([...namespace, 'rollout', 'status', `deployment/${deployment}`, '--timeout=180s']);
  }
  await cluster.kubectl(['wait', '--for=condition=Available', `apiservice/${served}`, '--timeout=60s']);
  report({ part: 'keda', state: 'ready', detail: keda.version });
}

/** A cluster of one's own brings its KEDA along; throws with how to get it. */
export async function requireKeda(cluster: Cluster): Promise<void> {
  if (await hasKeda(cluster)) return;
  throw new Error(
    'This cluster has no KEDA. Install it by its own chart:\n' +
      '  helm repo add kedacore https://kedacore.github.io/charts\n' +
      '  helm install keda kedacore/keda --namespace keda --create-namespace --wait',
  );
}

// Served, not only there: what an interrupted install left is installed again. Others may serve external metrics, too.
async function hasKeda({ kubectl }: Cluster): Promise<boolean> {
  const known = await kubectl(['get', 'crd', 'scaledobjects.keda.sh', '--ignore-not-found', '-o', 'name']);
  const status = 'jsonpath={.status.conditions[?(@.type=="Available")].status}';
  return known !== '' && (await kubectl(['get', 'apiservice', served, '--ignore-not-found', '-o', status])) === 'True';
}

async function writeOverlay(folder: string, keda: Keda): Promise<void> {
  await mkdir(folder, { recursive: true });
  const overlay = kedaOverlay(relative(folder, keda.manifests), {
    operator: keda.images.operator.tags[0] as string,
    adapter: keda.images.adapter.tags[0] as string,
  });
  await writeFile(join(folder, 'kustomization.yaml'), JSON.stringify(overlay, null, 2));
}
