import { join } from 'node:path';
import { type Report, repoRoot, waitUntil } from '@muster/dev-env/tools';
import type { Cluster } from '../cluster.ts';
import { down } from '../down.ts';
import { clusterLayout } from '../layout.ts';
import { up } from '../up.ts';
import { machineTraces, namespacesOf, newTraces } from './machine-traces.ts';

const manifest = join(import.meta.dirname, '../../manifests/smoke.yaml');
const namespace = ['-n', 'muster'];

/** A name of its own: the cluster somebody works with stays. */
export const smokeLayout = clusterLayout(`smoke-${process.pid}`);

/**
 * The whole way: a fresh cluster, Dapr, two pods with sidecars that call each other, down; then nothing may be left.
 * Prints what was held and `N passed, N failed`.
 */
export async function smoke(report: Report): Promise<boolean> {
  const layout = smokeLayout;
  const began = performance.now();
  const results: boolean[] = [];
  const check = async (what: string, work: () => Promise<unknown>) => {
    const failure = await work().then(
      () => undefined,
      (error: Error) => error.message,
    );
    results.push(failure === undefined);
    const seconds = ((performance.now() - began) / 1000).toFixed(1).padStart(6);
    console.log(`${failure === undefined ? 'ok  ' : 'FAIL'} ${seconds} s  ${what}${failure ? `\n${failure}` : ''}`);
  };
  const before = await machineTraces(layout);
  let cluster: Cluster | undefined;
  let spaces: string[] = [];
  try {
    await check('the node is Ready, and Dapr is installed by its chart', async () => {
      cluster = await up(report, {}, layout);
      spaces = await namespacesOf(layout);
    });
    if (cluster) await checkSidecars(cluster, check);
  } finally {
    await check('the cluster ends', () => down(layout));
  }
  await check('no process, mount, cgroup, setting, network device or file is left', async () => {
    const left = newTraces(before, await machineTraces(layout, spaces));
    if (left.length > 0) throw new Error(left.join('\n'));
  });
  const passed = results.filter(Boolean).length;
  console.log(`${passed} passed, ${results.length - passed} failed`);
  return passed === results.length;
}

async function checkSidecars(
  { kubectl, frontDoor }: Cluster,
  check: (what: string, work: () => Promise<unknown>) => Promise<void>,
): Promise<void> {
  await check('pods with injected sidecars become Ready', async () => {
    await kubectl(['apply', '-f', join(repoRoot, 'k8s/namespace.yaml'), '-f', manifest]);
    await kubectl([...namespace, 'wait', '--for=condition=Ready', 'pod', '--all', '--timeout=90s']);
    const names = await kubectl([...namespace, 'get', 'pods', '-o', 'jsonpath={.items[*].spec.containers[*].name}']);
    if (names.split(' ').filter((name) => name === 'daprd').length !== 2) throw new Error(`no sidecars: ${names}`);
  });
  await check('one app calls the other through both sidecars', async () => {
    // kubectl is on the image, and its raw GET speaks to any HTTP server.
    const ask = ['/kubernetes', 'kubectl', '--server=http://127.0.0.1:3500', 'get', '--raw'];
    const answer = async () => {
      const body = await kubectl([
        ...namespace,
        'exec',
        'caller',
        '-c',
        'app',
        '--',
        ...ask,
        '/v1.0/invoke/callee/method/health',
      ]);
      return body.trim() === 'OK';
    };
    await waitUntil('an answer of the callee', answer, 30_000);
  });
  await check('the sidecars speak mTLS', async () => {
    const pod = ['pod', 'caller', '-o', 'jsonpath={.spec.containers[?(@.name=="daprd")].args}'];
    const args = await kubectl([...namespace, 'get', ...pod]);
    const log = await kubectl([...namespace, 'logs', 'caller', '-c', 'daprd']);
    if (!args.includes('--enable-mtls') || log.includes('mTLS is disabled')) throw new Error(`${args}\n${log}`);
  });
  await check('the front door answers on this machine', async () => {
    const answers = async () => (await fetch(`${frontDoor}/health`, { signal: AbortSignal.timeout(2_000) })).ok;
    await waitUntil('the front door', answers, 30_000);
  });
  await check('metrics of pods are there', async () => {
    const measured = async () => /callee/.test(await kubectl([...namespace, 'top', 'pods']));
    await waitUntil('metrics', measured, 90_000);
  });
}
