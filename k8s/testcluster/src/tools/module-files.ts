import { execFile } from 'node:child_process';
import { mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, findGo, readPin, type ToolModule } from '@muster/dev-env/tools';

const run = promisify(execFile);

/**
 * A folder of the pinned module itself (its chart, its manifests), kept in the cache: what others wrote need not be
 * copied into this repository, and the module's checksum vouches for it.
 */
export async function moduleFiles(module: ToolModule, path: string): Promise<string> {
  const { version } = await readPin(module);
  const folder = join(cacheFolder(), 'tools', `${module.name}-${path.replaceAll('/', '-')}-${version}`);
  if (await stat(folder).catch(() => undefined)) return folder;
  const { stdout } = await run(await findGo(), ['mod', 'download', '-json', `${module.pinned}@v${version}`], {
    cwd: module.folder,
    env: { ...process.env, GOWORK: 'off' },
  });
  const { Dir } = JSON.parse(stdout) as { Dir: string };
  const draft = await mkdtemp(`${folder}-`);
  // The module cache is read-only, a copy of ours must be removable.
  await run('cp', ['-R', '--no-preserve=mode', `${join(Dir, path)}/.`, draft]);
  await rename(draft, folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
  await rm(draft, { recursive: true, force: true });
  return folder;
}
