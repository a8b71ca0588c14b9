import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeJson } from '../env/keep-json.ts';
import { BUCKET, type PartsContext, S3_REGION } from '../parts/context.ts';
import { nameResolution } from './name-resolution.ts';

/** Folders and files the sidecars are pointed at. */
export interface Resources {
  folder: string;
  /** Configurations for `app`: the project's own, then what only this machine needs. */
  configurationsOf(app: string): string[];
  /** Writes where every app is found now. Sidecars read it when they start. */
  writeAddresses(addresses: Record<string, number>): Promise<void>;
}

/**
 * Copies the project's components unchanged beside a `secretstores.local.file` component that is named `kubernetes`, so
 * that their `secretKeyRef`s resolve here as they do in a cluster.
 */
export async function writeResources(context: PartsContext, components: string): Promise<Resources> {
  const folder = join(context.folder.data, 'dapr');
  const resources = join(folder, 'resources');
  await rm(folder, { recursive: true, force: true });
  await mkdir(resources, { recursive: true, mode: 0o700 });
  const files = existsSync(components) ? (await readdir(components)).filter((name) => /\.ya?ml$/.test(name)) : [];
  for (const name of files) {
    await copyFile(join(components, name), join(name.startsWith('configuration-') ? folder : resources, name));
  }
  const secretsFile = join(folder, 'secrets.json');
  await writeJson(secretsFile, componentSecrets(context));
  await writeFile(join(resources, 'local-secret-store.yaml'), secretStore(secretsFile));
  const local = join(folder, 'local.yaml');
  return {
    folder: resources,
    configurationsOf: (app) => [join(folder, `configuration-${app}.yaml`), local].filter((path) => existsSync(path)),
    writeAddresses: (addresses) => writeFile(local, nameResolution(addresses)),
  };
}

const componentSecrets = ({ ports, secrets }: PartsContext) => ({
  'muster-redis': { host: `127.0.0.1:${ports.redis}`, password: secrets.redisPassword },
  'muster-s3': {
    endpoint: `http://127.0.0.1:${ports.s3}`,
    accessKey: secrets.s3AccessKey,
    secretKey: secrets.s3SecretKey,
    region: S3_REGION,
    bucket: BUCKET,
  },
});

const secretStore = (secretsFile: string) => `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: kubernetes
spec:
  type: secretstores.local.file
  version: v1
  metadata:
    - name: secretsFile
      value: ${JSON.stringify(secretsFile)}
    - name: multiValued
      value: "true"
`;
