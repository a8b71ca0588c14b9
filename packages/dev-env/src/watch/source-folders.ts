import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repoRoot } from '../env/repo-root.ts';
import type { ServiceDefinition } from '../services.ts';

interface Manifest {
  dependencies?: Record<string, string>;
}

/** Folders whose files a running service consists of: its own and those of the workspace packages it uses, however deep. */
export function sourceFolders(service: Pick<ServiceDefinition, 'folder'>): string[] {
  const found = new Set<string>();
  const visit = (folder: string) => {
    if (found.has(folder)) return;
    found.add(folder);
    for (const [name, range] of Object.entries(dependenciesOf(folder))) {
      if (range.startsWith('workspace:')) visit(join(repoRoot, 'packages', name.slice(name.indexOf('/') + 1)));
    }
  };
  visit(service.folder);
  return [...found]
    .flatMap((folder) => ['src', 'migrations'].map((part) => join(folder, part)))
    .filter((path) => existsSync(path));
}

function dependenciesOf(folder: string): Record<string, string> {
  try {
    return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest).dependencies ?? {};
  } catch {
    return {};
  }
}
