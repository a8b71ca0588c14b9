import { join } from 'node:path';
import { progressView, repoRoot } from '@muster/dev-env/tools';
import { bundleServices, collectRuntime, distFolder, writeServiceArchive, writeStoreArchive } from '@muster/images';
import { up } from '@muster/testcluster';
import { cluster, loadImages, namespace } from './cluster.ts';
import { measured } from './figures.ts';

const stores = join(repoRoot, 'k8s/dev-stores');
const manifest = join(repoRoot, 'k8s/namespace.yaml');

/** Cluster, Dapr, images and stores; everything that Muster's chart is given and does not bring. */
export async function prepareCluster(): Promise<void> {
  const view = progressView();
  const images = measured('images: bundled and written', async () => {
    await bundleServices();
    await collectRuntime(distFolder);
    await writeServiceArchive();
    await writeStoreArchive();
  });
  // Awaited below; a cluster that does not come is what failed first.
  images.catch(() => {});
  // Of a cluster of one's own `make k8s-test` sees before that it has Dapr.
  if (!process.env.KUBE_CONTEXT) await measured('cluster and Dapr', () => up(view.report));
  view.end();
  const { kubectl, helm } = await cluster();
  await images;
  await measured('images: into the cluster', async () => {
    await loadImages(join(distFolder, 'images/stores.tar'));
    await loadImages(join(distFolder, 'images/muster.tar'));
  });
  await kubectl(['apply', '--filename', manifest]);
  await measured('stores', () =>
    helm(['upgrade', '--install', 'stores', stores, '--namespace', namespace, '--wait', '--timeout', '3m']),
  );
}
