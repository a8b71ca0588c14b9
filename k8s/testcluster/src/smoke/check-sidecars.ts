import { join } from 'node:path';
import { repoRoot } from '@muster/dev-env/tools';
import type { Cluster } from '../cluster.ts';
import { eventually } from './eventually.ts';

/** Says what was held, and whether it did. */
export type Check = (what: string, work: () => Promise<unknown>) => Promise<void>;

const manifest = join(import.meta.dirname, '../../manifests/smoke.yaml');
const namespace = ['-n', 'muster'];

/** Two pods with injected sidecars, what they say to each other, and the ways in. */
export async function checkSidecars({ kubectl, frontDoor }: Cluster, check: Check): Promise<void> {
  await check('pods with injected sidecars become Ready', async () => {
    await kubectl(['apply', '-f', join(repoRoot, 'k8s/namespace.yaml'), '-f', manifest]);
    const wait = [...namespace, 'wait', '--timeout=90s'];
    const ready = async () => {
      await kubectl([...wait, '--for=condition=Available', 'deployment/callee']);
      await kubectl([...wait, '--for=condition=Ready', 'pod/caller']);
    };
    await ready().catch(async (error: Error) => {
      const logs = ['logs', 'caller', '--all-containers', '--prefix', '--tail=10'];
      throw new Error(`${error.message}\n${await kubectl([...namespace, ...logs]).catch(String)}`);
    });
    const names = await kubectl([...namespace, 'get', 'pods', '-o', 'jsonpath={.items[*].spec.containers[*].name}']);
    if (names.split(' ').filter((name) => name === 'daprd').length !== 2) throw new Error(`no sidecars: ${names}`);
  });
  await check('one app calls the other through both sidecars', async () => {
    // kubectl is on the image, and its raw GET speaks to any HTTP server; without a token it would ask who we are.
    const ask = ['/kubernetes', 'kubectl', '--server=http://127.0.0.1:3500', '--token=none', 'get', '--raw'];
    const answer = async () => {
      const caller = [...namespace, 'exec', 'caller', '-c', 'app', '--'];
      return (await kubectl([...caller, ...ask, '/v1.0/invoke/callee/method/health'])).trim() === 'OK';
    };
    await eventually('an answer of the callee', answer, 30_000);
  });
  await check('the sidecars have certificates for mTLS', async () => {
    const log = await kubectl([...namespace, 'logs', 'deployment/callee', '-c', 'daprd']);
    // It says so only with mTLS on and a certificate from Sentry in hand.
    if (!log.includes('Security is initialized successfully')) throw new Error(log);
  });
  await check('the front door answers on this machine', async () => {
    const answers = async () => (await fetch(`${frontDoor}/health`, { signal: AbortSignal.timeout(2_000) })).ok;
    await eventually('the front door', answers, 30_000);
  });
  await check('metrics of pods are there', async () => {
    const measured = async () => /callee/.test(await kubectl([...namespace, 'top', 'pods']));
    await eventually('metrics', measured, 90_000);
  });
}
