import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repoRoot } from '@muster/dev-env';
import { expect, test } from 'vitest';
import { serviceEnv } from '../src/recipes/service-image.ts';
import { storeNames } from '../src/recipes/store-images.ts';

const read = (path: string) => readFile(join(repoRoot, path), 'utf8');

test('the stores have the names that k8s/dev-stores asks for', async () => {
  const values = await read('k8s/dev-stores/values.yaml');
  for (const name of Object.values(storeNames)) expect(values).toContain(`image: ${name}\n`);
});

test('the Dockerfile sets what our own images set, and the same user', async () => {
  const dockerfile = await read('packages/images/Dockerfile');
  for (const [name, value] of Object.entries(serviceEnv))
    expect(dockerfile.replaceAll('"', '')).toContain(`${name}=${value}`);
  expect(dockerfile).toContain('USER 65532:65532');
});
