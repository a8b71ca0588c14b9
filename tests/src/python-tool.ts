import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/**
 * A Python tool in an environment of its own inside the cache, made once for each list of requirements.
 * @returns the folder of its commands.
 */
export async function pythonTool(requirements: string, cache: string): Promise<string> {
  const digest = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex')
    .slice(0, 12);
  const home = path.join(cache, `python-${digest}`);
  if (!existsSync(home)) {
    // Made in place, since an environment cannot be moved; the stamp comes last, so a broken one is made again.
    await exec('python3', ['-m', 'venv', '--clear', home]).catch((cause: unknown) => {
      throw new Error('python3 with venv is missing: install the packages python3 and python3-venv', { cause });
    });
    await exec(path.join(home, 'bin/pip'), [
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '-r',
      requirements,
    ]).catch(async (cause: unknown) => {
      await rename(home, `${home}.broken`).then(() => rm(`${home}.broken`, { recursive: true }));
      throw new Error(`pip could not install ${requirements}`, { cause });
    });
  }
  return path.join(home, 'bin');
}
