import { readFile, rm } from 'node:fs/promises';
import { findMarked, isRunning, signalProcess, waitUntil } from '@muster/dev-env/tools';
import { clusterLayout, type Layout } from './layout.ts';
import { removeCgroups } from './node/cgroups.ts';
import { readState } from './state.ts';

/**
 * Ends the cluster and removes all it had: the first process takes every other with it, the last of them the mounts and
 * the network; then cgroups and files go. Does nothing where there is nothing.
 */
export async function down(layout: Layout = clusterLayout()): Promise<void> {
  const state = await readState(layout);
  if (state) {
    const { init, holder } = state.namespaces;
    signalProcess(init, 'SIGKILL');
    const waiting = [init, holder, ...Object.values(state.parts)];
    await waitUntil('the end of every process', () => !waiting.some(isRunning), 30_000);
  }
  // What an `up` that was interrupted had started and not yet written down.
  for (const each of findMarked(layout.root)) signalProcess(each, 'SIGKILL');
  await waitUntil('the end of every process', () => findMarked(layout.root).length === 0, 10_000);
  await removeCgroups(layout);
  const mounted = await mountsUnder(layout.root);
  if (mounted.length > 0) throw new Error(`still mounted, so nothing is removed: ${mounted.join(' ')}`);
  await rm(layout.root, { recursive: true, force: true });
}

/** Mount points below a folder, as this machine sees them. */
export async function mountsUnder(folder: string): Promise<string[]> {
  const table = await readFile('/proc/self/mountinfo', 'utf8');
  return table
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '')
    .filter((path) => path.startsWith(`${folder}/`));
}
