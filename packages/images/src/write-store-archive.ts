import { access, constants } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ensurePostgres, ensureTools } from '@muster/dev-env';
import { writeArchive } from './archive/write-archive.ts';
import { distFolder } from './bundle/bundle-services.ts';
import { storeImages } from './recipes/store-images.ts';
import type { ServiceArchive } from './write-service-archive.ts';

/** Writes `dist/images/stores.tar`: the images of `k8s/dev-stores`, from this machine's programs. Builds those that are missing. */
export async function writeStoreArchive(
  tell: (part: string, detail?: string) => void = () => {},
): Promise<ServiceArchive> {
  const { postgres } = await ensurePostgres();
  const { versitygw } = await ensureTools(({ part, detail }) => tell(part, detail));
  const redisServer = await onPath('redis-server');
  const redisCli = await onPath('redis-cli');
  const programs = { redisServer, redisCli, versitygw, postgres: dirname(dirname(postgres)) };
  const file = join(distFolder, 'images/stores.tar');
  return { file, images: await writeArchive(file, await storeImages(programs)) };
}

async function onPath(name: string): Promise<string> {
  const folders = ['/usr/bin', '/usr/local/bin', ...(process.env.PATH ?? '').split(':').filter(Boolean)];
  for (const folder of folders) {
    const path = join(folder, name);
    const found = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return path;
  }
  throw new Error(`${name} is not on PATH; run \`make install\``);
}
