import { readFile, rename, writeFile } from 'node:fs/promises';
import { isRunning, type ProcessIdentity } from '@muster/dev-env/tools';
import type { Layout } from './layout.ts';
import type { Namespaces } from './node/namespaces.ts';

/** What `up` writes down for `down`, `status` and everybody who uses the cluster. */
export interface State {
  namespaces: Namespaces;
  /** Part → the process outside that waits for it. */
  parts: Record<string, ProcessIdentity>;
  ports: { api: number; frontDoor: number };
  since: string;
  /** False until everything asked for has become ready. */
  complete: boolean;
}

/** Undefined when there is no cluster of this name, not even a broken one. */
export async function readState(layout: Layout): Promise<State | undefined> {
  try {
    return JSON.parse(await readFile(layout.state, 'utf8')) as State;
  } catch {
    return undefined;
  }
}

export async function writeState(layout: Layout, state: State): Promise<void> {
  await writeFile(`${layout.state}.draft`, JSON.stringify(state, null, 2), { mode: 0o600 });
  await rename(`${layout.state}.draft`, layout.state);
}

/** Is it up, with every part alive? */
export const isWhole = (state: State): boolean =>
  state.complete && isRunning(state.namespaces.init) && Object.values(state.parts).every(isRunning);
