import { stat } from 'node:fs/promises';
import type { Report } from '@muster/dev-env/tools';
import { writeArchive } from '@muster/images';
import type { ClusterTools } from '../tools/ensure-cluster-tools.ts';
import { type SystemImage, systemImages } from './system-images.ts';

/** The archives of every system image, written where they are missing. */
export async function ensureImages(tools: ClusterTools, report: Report): Promise<SystemImage[]> {
  const images = await systemImages(tools);
  for (const image of images) {
    if (await stat(image.archive).catch(() => undefined)) continue;
    report({ part: 'images', state: 'working', detail: image.tags[0] ?? '' });
    await writeArchive(image.archive, [image]);
  }
  return images;
}
