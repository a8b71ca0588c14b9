import { cp, mkdir, readdir, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Makes the copy of the sources that may be edited, beside a link to the read-only packages, and resolves to it. One that is
 * there stays: a container that starts again goes on with what was edited.
 */
export async function liveCopy(from: string, to: string): Promise<string> {
  if (await stat(join(to, 'node_modules')).catch(() => undefined)) return to;
  await mkdir(to, { recursive: true });
  for (const kind of ['services', 'packages']) {
    if ((await readdir(from)).includes(kind)) {
      await cp(join(from, kind), join(to, kind), { recursive: true, verbatimSymlinks: true });
    }
  }
  // Last: it says that the copy is whole.
  await symlink(join(from, 'node_modules'), join(to, 'node_modules'));
  return to;
}
