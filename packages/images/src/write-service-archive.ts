import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repoRoot } from '@muster/dev-env';
import { type ArchivedImage, writeArchive } from './archive/write-archive.ts';
import { distFolder } from './bundle/bundle-services.ts';
import { collectRuntime } from './bundle/collect-runtime.ts';
import { servicePlans } from './bundle/service-plan.ts';
import { nodeLayer, systemLayer } from './recipes/base-layers.ts';
import { serviceImage } from './recipes/service-image.ts';

export interface ServiceArchive {
  file: string;
  images: ArchivedImage[];
}

/** `image.registry` of the chart where there is none. */
export const defaultRegistry = 'localhost/muster';

/**
 * Writes the images of bundled services into `dist/images/<name>.tar`: `<registry>/<service>:<tag>`, default
 * `localhost/muster/…:<version>`. They share the layer with Node. Bundle them first.
 */
export async function writeServiceArchive(
  o: { services?: readonly string[]; registry?: string; tag?: string; dist?: string } = {},
): Promise<ServiceArchive> {
  const { services = [], registry = defaultRegistry, dist = distFolder } = o;
  const { version } = JSON.parse(await readFile(join(repoRoot, 'package.json'), 'utf8')) as { version: string };
  const tag = o.tag ?? version;
  const base = [systemLayer, await nodeLayer(await collectRuntime(dist))];
  const images = await Promise.all(
    servicePlans(services).map(({ app }) =>
      serviceImage({ app, folder: join(dist, app), registry, tag, version, base }),
    ),
  );
  const file = join(dist, 'images', `${services.length === 0 ? 'muster' : services.join('-')}.tar`);
  return { file, images: await writeArchive(file, images) };
}
