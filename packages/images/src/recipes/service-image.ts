import type { ImageSpec, LayerSpec } from '../archive/image-spec.ts';
import { NONROOT } from './base-layers.ts';
import { nativeLibraries } from './native-libraries.ts';

/** Environment of every service's image; the Dockerfile says the same. */
export const serviceEnv = {
  NODE_ENV: 'production',
  // Room for what the requests of a rush leave behind: they end young, and are collected as such.
  NODE_OPTIONS: '--enable-source-maps --max-semi-space-size=32',
  HOST: '0.0.0.0',
  PORT: '8080',
  LOG_FORMAT: 'json',
};

/** The image of one bundled service over the layers all of them share, with the libraries its native packages are linked to. */
export async function serviceImage(o: {
  app: string;
  /** `dist/<app>`. */
  folder: string;
  registry: string;
  tag: string;
  version: string;
  base: readonly LayerSpec[];
}): Promise<ImageSpec> {
  const below = new Set(o.base.flatMap(({ files = {} }) => Object.keys(files)));
  const libraries = (await nativeLibraries(o.folder)).filter((path) => !below.has(path));
  return {
    tags: [`${o.registry}/${o.app}:${o.tag}`],
    base: o.base,
    files: { '/app': o.folder, ...Object.fromEntries(libraries.map((path) => [path, path])) },
    env: serviceEnv,
    cmd: ['node', '/app/main.js'],
    user: NONROOT,
    workdir: '/app',
    ports: [8080],
    labels: { 'org.opencontainers.image.title': `muster ${o.app}`, 'org.opencontainers.image.version': o.version },
  };
}
