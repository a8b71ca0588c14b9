import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repoRoot } from '@muster/dev-env/tools';
import {
  bundleServices,
  collectRuntime,
  type ImageSpec,
  nodeLayer,
  serviceImage,
  systemLayer,
  writeArchive,
} from '@muster/images';
import { devImage, writeToRegistry } from '@muster/images/dev';

// Skaffold's and Tilt's build command: `build-image.ts dev|prod SERVICE`, with the image's full name in IMAGE
// (EXPECTED_REF of Tilt). Where MUSTER_REGISTRY_FOLDER says so it writes into the test cluster's registry, else it loads the
// image into Docker, and pushes it when PUSH_IMAGE says so.
const [kind, app = ''] = process.argv.slice(2);
const name = process.env.IMAGE ?? process.env.EXPECTED_REF;
if ((kind !== 'dev' && kind !== 'prod') || !name) {
  console.error('usage: IMAGE=registry/name:tag build-image.ts dev|prod SERVICE');
  process.exit(2);
}
const dist = join(repoRoot, 'dist');
const image = kind === 'dev' ? await watching(name) : await bundled(name);
const folder = process.env.MUSTER_REGISTRY_FOLDER;
if (folder) console.log(await writeToRegistry(folder, image));
else await load(image);

async function base(): Promise<NonNullable<ImageSpec['base']>> {
  return [systemLayer, await nodeLayer(await collectRuntime(dist))];
}

async function watching(tag: string): Promise<ImageSpec> {
  return devImage({ app, tag, base: await base() });
}

async function bundled(full: string): Promise<ImageSpec> {
  await bundleServices([app]);
  const { version } = JSON.parse(await readFile(join(repoRoot, 'package.json'), 'utf8')) as { version: string };
  const image = await serviceImage({
    ...{ app, folder: join(dist, app), version, base: await base() },
    ...{ registry: '', tag: '' },
  });
  return { ...image, tags: [full] };
}

async function load(made: ImageSpec): Promise<void> {
  const file = join(dist, 'images', `${kind}-${app}.tar`);
  await writeArchive(file, [made]);
  await docker('load', '--input', file);
  if (process.env.PUSH_IMAGE === 'true') await docker('push', name ?? '');
}

function docker(...args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('docker', args, { stdio: 'inherit' });
    child.once('error', (error) =>
      reject(new Error(`docker is needed where there is no test cluster: ${error.message}`)),
    );
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`docker ${args[0]} ended with ${code}`))));
  });
}
