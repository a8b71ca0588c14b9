import type { Report } from '@muster/dev-env/tools';
import type { ClusterTools } from '../tools/ensure-cluster-tools.ts';
import { type SystemImage, systemImages } from './system-images.ts';
import { writeMissing } from './write-missing.ts';

/** The archives of every system image, written where they are missing. */
export async function ensureImages(tools: ClusterTools, report: Report): Promise<SystemImage[]> {
  const images = await systemImages(tools);
  await writeMissing(images, report);
  return images;
}
