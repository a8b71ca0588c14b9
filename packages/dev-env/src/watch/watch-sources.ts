import { type FSWatcher, watch } from 'node:fs';
import type { Fleet } from '../fleet.ts';
import { sourceFolders } from './source-folders.ts';

// Editors write a file in several steps, and a checkout many files.
const settleMs = 50;

/**
 * Restarts the processes of a service when a file it consists of changes; its sidecar stays. Returns how to stop
 * watching. Not `node --watch`: that puts a process between us and the service, which outlives a `kill -9`.
 */
export function watchSources(fleet: Fleet): () => void {
  const affected = new Map<string, Set<string>>();
  for (const service of fleet.services) {
    for (const folder of sourceFolders(service)) {
      affected.set(folder, (affected.get(folder) ?? new Set()).add(service.app));
    }
  }
  const due = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const reload = () => {
    const names = [...fleet.parts.keys()].filter((name) => due.has(name.replace(/-\d+$/, '')));
    due.clear();
    for (const name of names) void fleet.parts.get(name)?.reload();
  };
  const watchers: FSWatcher[] = [...affected].map(([folder, apps]) =>
    watch(folder, { recursive: true }, (_event, file) => {
      if (!file || !/\.(ts|js|json|sql)$/.test(file)) return;
      for (const app of apps) due.add(app);
      clearTimeout(timer);
      timer = setTimeout(reload, settleMs);
    }).on('error', () => {}),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
