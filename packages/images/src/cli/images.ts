import { parseArgs } from 'node:util';
import { writeServiceArchive } from '../write-service-archive.ts';
import { bundle } from './bundle.ts';
import { printImages } from './print-images.ts';

/** `images [SERVICE…] [--tag T] [--registry R]` */
export async function images(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { tag: { type: 'string' }, registry: { type: 'string' } },
  });
  await bundle(positionals);
  const archive = await writeServiceArchive({ services: positionals, ...values });
  await printImages(archive.file, archive.images);
}
