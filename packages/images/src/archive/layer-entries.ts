import { readdir, readlink, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LayerSpec } from './image-spec.ts';
import { sharedLibraries } from './shared-libraries.ts';

/** One entry of a layer's tar, with its path from the root, without the first slash. */
export type Entry = { path: string; mode: number } & (
  | { type: 'directory' }
  | { type: 'symlink'; target: string }
  | { type: 'file'; source: string; size: number }
  | { type: 'text'; text: string }
);

/** Everything in a layer in the order of its paths, each file after the folders it lies in. */
export async function layerEntries(layer: LayerSpec): Promise<Entry[]> {
  const entries = new Map<string, Entry>();
  const put = (entry: Entry): void => {
    for (let folder = dirname(entry.path); folder !== '.'; folder = dirname(folder)) {
      if (!entries.has(folder)) entries.set(folder, { type: 'directory', path: folder, mode: 0o755 });
    }
    entries.set(entry.path, entry);
  };
  for (const [path, mode] of Object.entries(layer.folders ?? {})) put({ type: 'directory', path: inside(path), mode });
  for (const [path, source] of Object.entries({ ...layer.files, ...layer.programs })) {
    for (const entry of await filesOf(inside(path), await realpath(source))) put(entry);
  }
  for (const program of Object.values(layer.programs ?? {})) {
    for (const library of await sharedLibraries(program)) {
      for (const entry of await filesOf(inside(library), await realpath(library))) put(entry);
    }
  }
  for (const [path, given] of Object.entries(layer.texts ?? {})) {
    const { text, mode } = typeof given === 'string' ? { text: given, mode: 0o644 } : given;
    put({ type: 'text', path: inside(path), text, mode });
  }
  for (const [path, target] of Object.entries(layer.links ?? {})) {
    put({ type: 'symlink', path: inside(path), target, mode: 0o777 });
  }
  return [...entries.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

const inside = (path: string): string => {
  if (!path.startsWith('/')) throw new Error(`${path}: a path in an image starts with /`);
  return path.slice(1);
};

/** A file, or a folder with all in it. Modes tell only what may be run: who built it must not matter. */
async function filesOf(path: string, source: string): Promise<Entry[]> {
  const info = await stat(source);
  if (!info.isDirectory()) {
    return [{ type: 'file', path, source, size: info.size, mode: info.mode & 0o111 ? 0o755 : 0o644 }];
  }
  const found: Entry[] = [{ type: 'directory', path, mode: 0o755 }];
  for (const item of await readdir(source, { withFileTypes: true })) {
    const [to, from] = [join(path, item.name), join(source, item.name)];
    if (item.isSymbolicLink()) found.push({ type: 'symlink', path: to, target: await readlink(from), mode: 0o777 });
    else found.push(...(await filesOf(to, from)));
  }
  return found;
}
