import { join } from 'node:path';
import type { Cluster } from '../cluster.ts';
import type { Check } from './check-sidecars.ts';
import { eventually } from './eventually.ts';

const manifest = join(import.meta.dirname, '../../manifests/smoke-keda.yaml');
const namespace = ['-n', 'smoke-keda'];

/** KEDA follows a number that an HTTP server tells: one pod, three, one. Removes what it made. */
export async function checkKeda({ kubectl }: Cluster, check: Check): Promise<void> {
  const ready = async () =>
    kubectl([...namespace, 'get', 'deployment', 'tiny', '-o', 'jsonpath={.status.readyReplicas}']);
  const until = (pods: string) => eventually(`${pods} ready pods`, async () => (await ready()) === pods, 120_000);
  const plan = (pods: string) =>
    kubectl([...namespace, 'patch', 'configmap', 'planned', '--patch', JSON.stringify({ data: { pods } })]);
  await check('KEDA takes a deployment over', async () => {
    await kubectl(['apply', '-f', manifest]);
    await kubectl([...namespace, 'wait', '--for=condition=Ready', 'scaledobject/tiny', '--timeout=90s']);
    await until('1');
  });
  await check('KEDA scales out to what it is told', async () => {
    await plan('3');
    await until('3');
  });
  await check('KEDA scales in again', async () => {
    await plan('1');
    await until('1');
  });
  await kubectl(['delete', '-f', manifest, '--wait=false']).catch(() => {});
}
