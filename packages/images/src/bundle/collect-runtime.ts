import { execFile } from 'node:child_process';
import { copyFile, mkdir, realpath, rename, stat } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { repoRoot } from '@muster/dev-env';
import { sharedLibraries } from '../archive/shared-libraries.ts';

const run = promisify(execFile);

/** Where the runtime lies in its folder and in every image. */
export const NODE = 'usr/local/bin/node';
export const LIBRARIES = 'usr/local/lib';

/**
 * Writes `<target>/runtime/`: the pinned Node, and the one library it needs that small glibc images lack (libatomic). Copied
 * over a base image it runs every service.
 */
export async function collectRuntime(target: string): Promise<string> {
  const folder = join(target, 'runtime');
  const source = await pinnedNode();
  await mkdir(join(folder, dirname(NODE)), { recursive: true });
  await mkdir(join(folder, LIBRARIES), { recursive: true });
  if (await isNewer(source, join(folder, NODE))) await copyStripped(source, join(folder, NODE));
  const atomic = (await sharedLibraries(source)).find((path) => path.includes('/libatomic.so'));
  if (atomic) await copyFile(await realpath(atomic), join(folder, LIBRARIES, 'libatomic.so.1'));
  return folder;
}

async function pinnedNode(): Promise<string> {
  const manifest = findPackageJSON('node', pathToFileURL(join(repoRoot, 'package.json')));
  if (manifest === undefined) throw new Error('the package `node` is not installed; run `make install`');
  return realpath(join(dirname(manifest), 'bin/node'));
}

const isNewer = async (source: string, copy: string): Promise<boolean> => {
  const there = await stat(copy).catch(() => undefined);
  return there === undefined || (await stat(source)).mtimeMs > there.mtimeMs;
};

/** Node is published with its symbols, 30 MB that nobody reads in a container. */
async function copyStripped(source: string, target: string): Promise<void> {
  const draft = `${target}.draft`;
  await run('strip', ['-o', draft, source]).catch(() => copyFile(source, draft));
  await rename(draft, target);
}
