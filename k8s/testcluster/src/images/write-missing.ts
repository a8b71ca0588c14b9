import { stat } from 'node:fs/promises';
import type { Report } from '@muster/dev-env/tools';
import { writeArchive } from '@muster/images';
import type { SystemImage } from './system-images.ts';

/** Writes the archives that are not there yet. */
export async function writeMissing(images: readonly SystemImage[], report: Report): Promise<void> {
  for (const image of images) {
    if (await stat(image.archive).catch(() => undefined)) continue;
    report({ part: 'images', state: 'working', detail: image.tags[0] ?? '' });
    await writeArchive(image.archive, [image]);
  }
}
