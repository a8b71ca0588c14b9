import { mkdir, readdir, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { waitUntil } from '@muster/dev-env/tools';
import type { Layout } from '../layout.ts';

const mountPoint = '/sys/fs/cgroup';

/** Makes the cluster's cgroup: one folder under each controller of cgroup v1, one in all under cgroup v2. */
export async function makeCgroups(layout: Layout): Promise<void> {
  for (const folder of await cgroupFolders(layout)) {
    await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/** Removes what the cluster's pods left; waits a little for the last process to have gone. */
export async function removeCgroups(layout: Layout): Promise<void> {
  await waitUntil(
    'an empty cgroup',
    async () => {
      for (const folder of await cgroupFolders(layout)) await removeTree(folder).catch(() => {});
      return (await leftCgroups(layout)).length === 0;
    },
    10_000,
  );
}

/** Folders of the cluster's cgroup that exist. */
export async function leftCgroups(layout: Layout): Promise<string[]> {
  const folders = await cgroupFolders(layout);
  const there = await Promise.all(
    folders.map((folder) =>
      stat(folder).then(
        () => true,
        () => false,
      ),
    ),
  );
  return folders.filter((_, index) => there[index]);
}

async function cgroupFolders({ cgroup }: Layout): Promise<string[]> {
  const isV2 = await stat(join(mountPoint, 'cgroup.controllers')).then(
    () => true,
    () => false,
  );
  if (isV2) return [join(mountPoint, cgroup)];
  const controllers = await readdir(mountPoint, { withFileTypes: true });
  // `cpu` may be a link to `cpu,cpuacct`: the same folder needs no second look.
  return controllers.filter((each) => each.isDirectory()).map(({ name }) => join(mountPoint, name, cgroup));
}

async function removeTree(folder: string): Promise<void> {
  for (const each of await readdir(folder, { withFileTypes: true })) {
    if (each.isDirectory()) await removeTree(join(folder, each.name));
  }
  await rmdir(folder);
}
