import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import tar, { type Pack } from 'tar-stream';
import type { LayerSpec } from './image-spec.ts';
import { type Entry, layerEntries } from './layer-entries.ts';

/** A layer that was written. */
export interface Layer {
  file: string;
  /** SHA-256 of the tar, hexadecimal. */
  digest: string;
  /** Bytes of the tar. */
  size: number;
}

/** Writes a layer's tar. The same files give the same bytes: no times, no owners. */
export async function writeLayer(layer: LayerSpec, file: string): Promise<Layer> {
  const hash = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  const pack = tar.pack();
  const written = pipeline(pack, measure, createWriteStream(file));
  await Promise.all([written, addAll(pack, await layerEntries(layer))]);
  return { file, digest: hash.digest('hex'), size };
}

async function addAll(pack: Pack, entries: readonly Entry[]): Promise<void> {
  for (const entry of entries) await add(pack, entry);
  pack.finalize();
}

const epoch = new Date(0);

async function add(pack: Pack, entry: Entry): Promise<void> {
  const common = { name: entry.path, mode: entry.mode, mtime: epoch, uid: 0, gid: 0 };
  if (entry.type === 'directory') {
    pack.entry({ ...common, type: 'directory' });
  } else if (entry.type === 'symlink') {
    pack.entry({ ...common, type: 'symlink', linkname: entry.target });
  } else if (entry.type === 'text') {
    pack.entry(common, entry.text);
  } else {
    await pipeline(createReadStream(entry.source), pack.entry({ ...common, size: entry.size }));
  }
}
