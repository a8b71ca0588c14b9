import { chmod, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cluster } from './cluster.ts';
import type { Layout } from './layout.ts';

const count = 12;

const storageClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: 'kubernetes.io/no-provisioner',
  volumeBindingMode: 'Immediate',
};

/** A default storage class and folders of this machine behind it: nothing here makes volumes on demand. */
export async function makeVolumes(cluster: Cluster, layout: Layout): Promise<void> {
  const names = Array.from({ length: count }, (_, index) => `volume-${index}`);
  await apply(cluster, [storageClass, ...(await Promise.all(names.map((name) => makeVolume(layout, name))))]);
}

/** Empties the volumes whose claim is gone, and offers them again. */
export async function reclaimVolumes(cluster: Cluster, layout: Layout): Promise<void> {
  const { items } = JSON.parse(await cluster.kubectl(['get', 'persistentvolumes', '-o', 'json'])) as {
    items: { metadata: { name: string }; status: { phase: string } }[];
  };
  const released = items.filter(({ status }) => status.phase === 'Released').map(({ metadata }) => metadata.name);
  if (released.length === 0) return;
  await cluster.kubectl(['delete', 'persistentvolume', ...released]);
  await Promise.all(released.map((name) => rm(join(layout.volumes, name), { recursive: true, force: true })));
  await apply(cluster, await Promise.all(released.map((name) => makeVolume(layout, name))));
}

const apply = (cluster: Cluster, items: object[]) =>
  cluster.kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));

async function makeVolume(layout: Layout, name: string): Promise<object> {
  const path = join(layout.volumes, name);
  await mkdir(path, { recursive: true });
  // Whoever the pod runs as: a hostPath knows no fsGroup.
  await chmod(path, 0o777);
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      capacity: { storage: '16Gi' },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: 'standard',
      hostPath: { path },
    },
  };
}
