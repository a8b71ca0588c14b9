import { join } from 'node:path';
import { apps } from '@muster/contracts';
import type { ImageSpec, LayerSpec } from '../src/archive/image-spec.ts';
import { NONROOT } from '../src/recipes/base-layers.ts';
import { dependencyLayer, imageRoot } from './dependency-layer.ts';
import { installedClosure } from './installed-closure.ts';
import { sourceFiles } from './source-files.ts';

// Skaffold and Tilt bring an edited file into a container with its own `tar` and take a deleted one away with `rm`.
const tools: LayerSpec = { programs: { '/bin/sh': '/bin/sh', '/bin/tar': '/bin/tar', '/bin/rm': '/bin/rm' } };

/**
 * The image of a service that runs its sources under `node --watch`: a stand-in for the bundled one, with the same
 * programs in `/app`, the same user and port. `base` is the system and Node; packages are one layer for all services.
 */
export async function devImage(o: { app: string; tag: string; base: readonly LayerSpec[] }): Promise<ImageSpec> {
  const service = join('services', o.app);
  const closures = await Promise.all(apps.map((app) => installedClosure(join('services', app))));
  const own = closures.find(({ workspace }) => workspace.includes(service));
  if (!own) throw new Error(`No service is called ${o.app}; there are ${apps.join(', ')}`);
  return {
    tags: [o.tag],
    base: [...o.base, tools, await dependencyLayer(closures)],
    files: { ...sourceFiles(own), [`${imageRoot}/dev`]: join(import.meta.dirname, 'run') },
    texts: {
      '/app/package.json': '{"type":"module"}\n',
      '/app/main.js': `import '${imageRoot}/dev/main.ts';\n`,
      '/app/migrate.js': `import '${join(imageRoot, service)}/src/migrate.ts';\n`,
      [`${imageRoot}/dev/package.json`]: '{"type":"module"}\n',
    },
    env: { NODE_ENV: 'development', HOST: '0.0.0.0', PORT: '8080', LOG_FORMAT: 'json', MUSTER_APP: o.app },
    cmd: ['node', '/app/main.js'],
    user: NONROOT,
    workdir: '/app',
    ports: [8080],
    labels: { 'org.opencontainers.image.title': `muster ${o.app}, watching its sources` },
  };
}
