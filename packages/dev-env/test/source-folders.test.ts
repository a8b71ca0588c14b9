import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repoRoot } from '../src/env/repo-root.ts';
import { sourceFolders } from '../src/watch/source-folders.ts';

test('a service is watched with every package it uses, also those a package uses', () => {
  const folders = sourceFolders({ folder: join(repoRoot, 'packages/dapr') });
  expect(folders).toContain(join(repoRoot, 'packages/dapr/src'));
  expect(folders).toContain(join(repoRoot, 'packages/contracts/src'));
  expect(folders).toContain(join(repoRoot, 'packages/db/migrations'));
  expect(folders).not.toContain(join(repoRoot, 'packages/dev-env/src'));
});
