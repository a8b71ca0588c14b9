import { createHash } from 'node:crypto';
import { access, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '@muster/dev-env/tools';
import type { ImageSpec } from '@muster/images';
import { pauseImage } from '../node/node-config.ts';
import type { ClusterTools } from '../tools/ensure-cluster-tools.ts';

/** CoreDNS and metrics-server run the same program as the node itself. */
export const kubernetesImage = 'localhost/muster-testcluster/kubernetes:1';
/** `global.registry` of Dapr's chart. */
export const daprRegistry = 'localhost/dapr';
const daprPrograms = ['injector', 'operator', 'placement', 'scheduler', 'sentry'];
const certificates = '/etc/ssl/certs/ca-certificates.crt';

/** An image made of programs that lie on this machine, and where its archive lies. */
export type SystemImage = ImageSpec & { archive: string };

/** Every image a fresh cluster needs before it can start a pod. */
export async function systemImages(tools: ClusterTools): Promise<SystemImage[]> {
  const user = '65532:65532';
  const images: ImageSpec[] = [
    { tags: [pauseImage], files: { '/pause': tools.pause }, entrypoint: ['/pause'], user },
    { tags: [kubernetesImage], files: { '/kubernetes': tools.kubernetes }, entrypoint: ['/kubernetes'], user },
    {
      tags: daprPrograms.map((name) => `${daprRegistry}/${name}:${tools.daprVersion}`),
      files: { '/dapr-control-plane': tools.daprControlPlane },
      links: Object.fromEntries(daprPrograms.map((name) => [`/${name}`, 'dapr-control-plane'])),
      entrypoint: ['/dapr-control-plane'],
      user,
    },
    {
      tags: [`${daprRegistry}/daprd:${tools.daprVersion}`],
      // Built with cgo: it brings the libraries it is linked to.
      programs: { '/daprd': tools.daprd },
      files: await trustedAuthorities(),
      entrypoint: ['/daprd'],
      user,
    },
  ];
  return Promise.all(images.map(withArchive));
}

/** Whom a program trusts when it speaks TLS with somebody outside; a machine may have no such list. */
export async function trustedAuthorities(): Promise<Record<string, string>> {
  return access(certificates).then(
    () => ({ [certificates]: certificates }),
    () => ({}),
  );
}

/** Names the image's archive. */
export const withArchive = async (image: ImageSpec): Promise<SystemImage> => ({
  ...image,
  archive: await archivePath(image),
});

/** Another program or another wish, another archive: what is there need not be written again. */
async function archivePath(image: ImageSpec): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(image));
  for (const file of Object.values({ ...image.files, ...image.programs })) {
    const { size, mtimeMs } = await stat(file);
    hash.update(`${size} ${mtimeMs} `);
  }
  const name = image.tags[0]?.split('/').at(-1)?.split(':')[0] ?? 'image';
  return join(cacheFolder(), 'testcluster-images', `${name}-${hash.digest('hex').slice(0, 12)}.tar`);
}
