import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { repoRoot } from '@muster/dev-env';
import type { LayerSpec } from '../src/archive/image-spec.ts';
import { nativeLibraries } from '../src/recipes/native-libraries.ts';
import type { InstalledClosure } from './installed-closure.ts';

/** Where a watching image has the repository, read-only. */
export const imageRoot = '/muster';

const needless = /\.(d\.[cm]?ts|md|markdown|map|cc|h|gyp)$/;

/**
 * The installed packages of services, as they lie here, without types and texts that nobody runs, and the libraries of this machine
 * that native ones are linked to.
 */
export async function dependencyLayer(closures: readonly InstalledClosure[], root = repoRoot): Promise<LayerSpec> {
  const files: Record<string, string> = {};
  const links: Record<string, string> = {};
  for (const folder of new Set(closures.flatMap(({ installed }) => installed))) {
    for await (const path of filesIn(join(root, folder))) {
      if (!needless.test(path)) files[join(imageRoot, relative(root, path))] = path;
    }
    for (const library of await nativeLibraries(join(root, folder))) {
      if (!library.startsWith(root)) files[library] = library;
    }
  }
  for (const closure of closures) {
    for (const [link, target] of Object.entries(closure.links)) links[join(imageRoot, link)] = target;
  }
  return { files, links };
}

/** Node's own recursive `readdir` walks through links, of which pnpm's folders are full. */
async function* filesIn(folder: string): AsyncGenerator<string> {
  for (const item of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, item.name);
    if (item.isDirectory()) yield* filesIn(path);
    else if (item.isFile()) yield path;
  }
}
