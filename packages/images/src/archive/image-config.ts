import type { ImageSpec } from './image-spec.ts';

const architectures: Record<string, string> = { x64: 'amd64', arm64: 'arm64' };
const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** An image's configuration as registries and engines read it. `digests` of its layers, lowest first. */
export function imageConfig(image: ImageSpec, digests: readonly string[]): string {
  const env = Object.entries({ PATH: path, ...image.env }).map(([name, value]) => `${name}=${value}`);
  const ports = Object.fromEntries((image.ports ?? []).map((port) => [`${port}/tcp`, {}]));
  const created = '1970-01-01T00:00:00Z';
  return JSON.stringify({
    architecture: architectures[process.arch] ?? process.arch,
    os: 'linux',
    created,
    config: {
      Env: env,
      WorkingDir: image.workdir ?? '/',
      User: image.user ?? '',
      ...(image.entrypoint && { Entrypoint: image.entrypoint }),
      ...(image.cmd && { Cmd: image.cmd }),
      ...(image.ports && { ExposedPorts: ports }),
      ...(image.labels && { Labels: image.labels }),
    },
    rootfs: { type: 'layers', diff_ids: digests.map((digest) => `sha256:${digest}`) },
    history: digests.map(() => ({ created, created_by: 'packages/images' })),
  });
}
