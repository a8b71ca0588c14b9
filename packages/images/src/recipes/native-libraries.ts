import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { sharedLibraries } from '../archive/shared-libraries.ts';

/** Libraries of this machine that native packages below `folder` are linked to, and that are not in the folder themselves. */
export async function nativeLibraries(folder: string): Promise<string[]> {
  const libraries = new Set<string>();
  for await (const addon of glob('**/*.node', { cwd: folder })) {
    for (const path of await sharedLibraries(join(folder, addon))) if (!path.startsWith(folder)) libraries.add(path);
  }
  return [...libraries].sort();
}
