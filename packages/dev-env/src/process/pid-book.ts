import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { identify, type ProcessIdentity } from './identity.ts';

/** Who runs in an environment, on disk, so that somebody else can end it after a crash of the supervisor. */
export interface PidBook {
  enter(part: string, pid: number): void;
  strike(part: string): void;
}

type Entries = Record<string, ProcessIdentity>;

export function openPidBook(path: string): PidBook {
  const entries: Entries = {};
  // Synchronous: between a launch and its entry nothing else of ours may run.
  const save = () => {
    writeFileSync(`${path}.draft`, JSON.stringify(entries), { mode: 0o600 });
    renameSync(`${path}.draft`, path);
  };
  return {
    enter(part, pid) {
      const identity = identify(pid);
      if (identity) entries[part] = identity;
      save();
    },
    strike(part) {
      delete entries[part];
      save();
    },
  };
}

/** What the last supervisor wrote down; empty when there is no book. */
export function readPidBook(path: string): Entries {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Entries;
  } catch {
    return {};
  }
}
