import { execFile } from 'node:child_process';
import { access, constants, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '@muster/dev-env';

const run = promisify(execFile);

const advice =
  'pgbench was not found. Install it: `sudo apt-get install postgresql-15` or newer (Debian, Ubuntu; it comes with the ' +
  'server package), `sudo dnf install postgresql-contrib` (Fedora), `brew install libpq` (macOS, then put its bin on PATH).';

const isProgram = (file: string): Promise<boolean> =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );

/** A pgbench with the libraries it needs beside it, where they came along. */
export interface Pgbench {
  file: string;
  libraries?: string;
}

/** pgbench on PATH or where Debian and the package below put it; else fetched as root on Debian. Throws with what to install. */
export async function findPgbench(): Promise<Pgbench> {
  const versions = await readdir('/usr/lib/postgresql').catch(() => []);
  const folders = [
    ...versions.sort((a, b) => Number(b) - Number(a)).map((version) => `/usr/lib/postgresql/${version}/bin`),
    ...(process.env.PATH ?? '').split(path.delimiter).filter(Boolean),
    '/opt/homebrew/opt/libpq/bin',
  ];
  for (const folder of folders) {
    const file = path.join(folder, 'pgbench');
    // Debian's /usr/bin/pgbench is a wrapper that asks for clusters we do not have.
    if (folder !== '/usr/bin' && (await isProgram(file))) return { file };
  }
  const unpacked = path.join(cacheFolder(), 'tools/pgbench');
  if (!(await findUnpacked(unpacked))) await fetchFromDebian(unpacked);
  const found = await findUnpacked(unpacked);
  if (!found) throw new Error(advice);
  return found;
}

async function findUnpacked(folder: string): Promise<Pgbench | undefined> {
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  const binary = files.find((file) => file.endsWith('/bin/pgbench') && file.includes('postgresql/'));
  const library = files.find((file) => /\/libpq\.so\.5$/.test(file));
  if (!binary) return undefined;
  return { file: path.join(folder, binary), ...(library && { libraries: path.join(folder, path.dirname(library)) }) };
}

/** Unpacks the server package and libpq into the cache; nothing is installed and nothing runs. */
async function fetchFromDebian(folder: string): Promise<void> {
  if (process.getuid?.() !== 0 || !(await isProgram('/usr/bin/apt-get'))) throw new Error(advice);
  await mkdir(path.dirname(folder), { recursive: true });
  const draft = await mkdtemp(`${folder}-`);
  try {
    await run('apt-get', ['update', '-qq']).catch(() => {});
    const { stdout } = await run('apt-cache', ['depends', 'postgresql']);
    const server = /Depends: (postgresql-\d+)/.exec(stdout)?.[1];
    if (!server) throw new Error(advice);
    // apt's sandbox user may not write here; the warning about it is harmless.
    await run('apt-get', ['download', '-q', server, 'libpq5'], { cwd: draft });
    for (const file of await readdir(draft)) {
      if (file.endsWith('.deb')) await run('dpkg', ['-x', path.join(draft, file), path.join(draft, 'root')]);
    }
    await rename(path.join(draft, 'root'), folder);
  } catch (cause) {
    throw new Error(advice, { cause });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
