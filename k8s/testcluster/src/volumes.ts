import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Layout } from './layout.ts';

const count = 12;

/** A default storage class and folders of this machine behind it: nothing here makes volumes on demand. */
export async function volumeManifests(layout: Layout): Promise<object[]> {
  const storageClass = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'kubernetes.io/no-provisioner',
    volumeBindingMode: 'Immediate',
  };
  const volumes: object[] = [];
  for (let index = 0; index < count; index++) {
    const path = join(layout.volumes, `volume-${index}`);
    await mkdir(path, { recursive: true });
    // Whoever the pod runs as: a hostPath knows no fsGroup.
    await chmod(path, 0o777);
    volumes.push({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `volume-${index}` },
      spec: {
        capacity: { storage: '16Gi' },
        accessModes: ['ReadWriteOnce'],
        persistentVolumeReclaimPolicy: 'Retain',
        storageClassName: 'standard',
        hostPath: { path },
      },
    });
  }
  return [storageClass, ...volumes];
}
