import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repoRoot } from '@muster/dev-env';
import { imageRoot } from './dependency-layer.ts';
import type { InstalledClosure } from './installed-closure.ts';

// What of a workspace folder a running service reads.
const parts = ['package.json', 'src', 'migrations'];

/** The sources of a service and of the workspace packages it uses: path in the image → path here. */
export function sourceFiles({ workspace }: InstalledClosure, root = repoRoot): Record<string, string> {
  const paths = workspace.flatMap((folder) => parts.map((part) => join(folder, part)));
  const there = paths.filter((path) => existsSync(join(root, path)));
  return Object.fromEntries(there.map((path) => [join(imageRoot, path), join(root, path)]));
}
