import { stat } from 'node:fs/promises';
import { relative } from 'node:path';
import type { ArchivedImage } from '../archive/write-archive.ts';
import { printTable } from './print-table.ts';
import { megabytes } from './sizes.ts';

/** Names and sizes of what an archive holds, unpacked. */
export async function printImages(file: string, images: readonly ArchivedImage[]): Promise<void> {
  const rows = images.map(({ tags, layers, id }) => [
    tags.join(' '),
    megabytes(layers.reduce((sum, size) => sum + size, 0)),
    megabytes(layers.at(-1) ?? 0),
    id.slice(7, 19),
  ]);
  printTable(['image', 'size', 'of its own', 'id'], rows);
  console.log(`${relative(process.cwd(), file)}: ${megabytes((await stat(file)).size)}`);
}
