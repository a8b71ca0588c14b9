import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Dapr programs this machine already has: a `daprd` of the pinned minor version on PATH or in `~/.dapr/bin`, and the
 * scheduler and sentry beside it (alone they cannot be told from other programs of that name).
 */
export async function findDapr(
  version: string,
  folders: readonly string[] = usualFolders(),
): Promise<Record<string, string>> {
  for (const folder of folders) {
    const daprd = join(folder, 'daprd');
    if (!(await isProgram(daprd)) || !sameMinor(await versionOf(daprd), version)) continue;
    const found: Record<string, string> = { daprd };
    for (const name of ['scheduler', 'sentry']) {
      const path = join(dirname(daprd), name);
      if (await isProgram(path)) found[name] = path;
    }
    return found;
  }
  return {};
}

const usualFolders = (): string[] => [
  ...(process.env.PATH ?? '').split(delimiter).filter(Boolean),
  join(homedir(), '.dapr/bin'),
];

/** `1.18.2` and `1.18.0` are the same minor version. */
export const sameMinor = (one: string | undefined, other: string): boolean =>
  one !== undefined && one.split('.').slice(0, 2).join('.') === other.split('.').slice(0, 2).join('.');

async function versionOf(daprd: string): Promise<string | undefined> {
  const { stdout } = await run(daprd, ['--version'], { timeout: 10_000 }).catch(() => ({ stdout: '' }));
  return /(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
}

/** Is there a file that may be run? */
export async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
