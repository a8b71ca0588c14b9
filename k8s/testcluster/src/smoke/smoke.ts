import type { Report } from '@muster/dev-env/tools';
import type { Cluster } from '../cluster.ts';
import { down } from '../down.ts';
import { clusterLayout } from '../layout.ts';
import { up } from '../up.ts';
import { checkKeda } from './check-keda.ts';
import { type Check, checkSidecars } from './check-sidecars.ts';
import { machineTraces, namespacesOf, newTraces } from './machine-traces.ts';

/** A name of its own: the cluster somebody works with stays. */
export const smokeLayout = clusterLayout(`smoke-${process.pid}`);

/**
 * The whole way: a fresh cluster, Dapr, two pods with sidecars that call each other, down; then nothing may be left.
 * Prints what was held and `N passed, N failed`.
 */
export async function smoke(report: Report, options: { keda?: boolean } = {}): Promise<boolean> {
  const layout = smokeLayout;
  const began = performance.now();
  const results: boolean[] = [];
  const check: Check = async (what, work) => {
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
      cluster = await up(report, options, layout);
      spaces = await namespacesOf(layout);
    });
    if (cluster) await checkSidecars(cluster, check);
    if (cluster && options.keda) await checkKeda(cluster, check);
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
