import { delimiter, join } from 'node:path';
import { isProgram } from '@muster/dev-env/tools';

/** `PATH`, and where system programs are when a login shell did not say so. */
export const systemPath = [
  ...new Set([
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/local/sbin',
    '/usr/sbin',
    '/sbin',
    '/usr/bin',
    '/bin',
  ]),
].filter(Boolean);

/** The program's absolute path, or undefined. */
export async function findOnPath(program: string): Promise<string | undefined> {
  for (const folder of systemPath) if (await isProgram(join(folder, program))) return join(folder, program);
  return undefined;
}
