import { readdirSync, readFileSync } from 'node:fs';
import { identify, type ProcessIdentity } from './identity.ts';

/** Every process of ours carries this variable with its environment's folder. */
export const MARK = 'MUSTER_ENV_ROOT';

/** Processes of one environment, found by their mark: also those whose number nobody wrote down. Linux only, else none. */
export function findMarked(root: string): ProcessIdentity[] {
  if (process.platform !== 'linux') return [];
  const mark = `${MARK}=${root}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => environmentOf(name).includes(mark))
    .map((name) => identify(Number(name)))
    .filter((found) => found !== undefined);
}

function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
  } catch {
    return [];
  }
}
