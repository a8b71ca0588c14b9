import { createHash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LayerSpec } from '../src/archive/image-spec.ts';

/** What a manifest says of a layer. */
export interface LayerName {
  /** SHA-256 of its tar, hexadecimal. */
  digest: string;
  size: number;
}

/**
 * Writing a layer with all packages takes seconds, so its name is remembered by size and time of every file in it. Undefined
 * for one that is not known, or has whole folders in it: what lies in these is not looked at.
 */
export async function layerKey(spec: LayerSpec): Promise<string | undefined> {
  const hash = createHash('sha256').update(JSON.stringify(spec));
  for (const file of Object.values({ ...spec.files, ...spec.programs })) {
    const info = await stat(file);
    if (info.isDirectory()) return undefined;
    hash.update(`${info.size} ${info.mtimeMs} ${info.mode}\n`);
  }
  return hash.digest('hex');
}

export async function knownLayer(folder: string, key: string): Promise<LayerName | undefined> {
  const text = await readFile(join(folder, `known-${key}`), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as LayerName);
}

export const rememberLayer = (folder: string, key: string, { digest, size }: LayerName): Promise<void> =>
  writeFile(join(folder, `known-${key}`), JSON.stringify({ digest, size }));
