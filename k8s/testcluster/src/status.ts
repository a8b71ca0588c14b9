import { isRunning, paint } from '@muster/dev-env/tools';
import { testCluster } from './cluster.ts';
import { clusterLayout, type Layout } from './layout.ts';
import { isWhole, readState, type State } from './state.ts';

/** Prints what runs and how to reach it. False when the cluster is down or a part of it is. */
export async function status(layout: Layout = clusterLayout()): Promise<boolean> {
  const state = await readState(layout);
  if (!state || !isRunning(state.namespaces.init)) {
    console.log('The test cluster is down. Start it: make k8s-up');
    return false;
  }
  for (const [name, process] of Object.entries(state.parts)) {
    const alive = isRunning(process);
    console.log(`${alive ? paint('green', '✓') : paint('red', '✗')} ${name.padEnd(24)} ${alive ? 'runs' : 'ended'}`);
  }
  const cluster = await testCluster(layout);
  const nodes = await cluster.kubectl(['get', 'nodes', '--no-headers']).catch((error: Error) => error.message);
  console.log(`\n${nodes.trim()}`);
  const columns =
    'NAMESPACE:.metadata.namespace,NAME:.metadata.name,STATE:.status.phase,READY:.status.containerStatuses[*].ready';
  const pods = await cluster.kubectl(['get', 'pods', '-A', '-o', `custom-columns=${columns}`]).catch(() => '');
  console.log(`${pods.trim()}\n`);
  printAccess(layout, state);
  return isWhole(state);
}

/** How a shell on this machine reaches the cluster. */
export function printAccess(layout: Layout, state: State): void {
  console.log(`export KUBECONFIG=${layout.kubeconfig} PATH=${layout.bin}:$PATH`);
  console.log(
    paint('dim', `# front door (node port 30080): http://127.0.0.1:${state.ports.frontDoor}   logs: ${layout.logs}`),
  );
}
