import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Absolute paths of the shared libraries a program is linked to, with the loader; none for a static one. Throws when one
 * is missing on this machine.
 */
export async function sharedLibraries(program: string): Promise<string[]> {
  const { stdout } = await run('ldd', [program]).catch((error: { stdout?: string; stderr?: string }) => {
    // That is how ldd says that a program is static.
    if (`${error.stderr}${error.stdout}`.includes('not a dynamic executable')) return { stdout: '' };
    throw error;
  });
  const missing = /(\S+) => not found/.exec(stdout)?.[1];
  if (missing) throw new Error(`${program} needs ${missing}, which this machine does not have`);
  return [...stdout.matchAll(/(\/\S+) \(0x/g)].map(([, path = '']) => path);
}
