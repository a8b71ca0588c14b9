import { delimiter, join } from 'node:path';
import { isProgram } from './find-dapr.ts';

/** The `go` command; throws with what to install when there is none. */
export async function findGo(): Promise<string> {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter).filter(Boolean),
    '/usr/local/go/bin',
    '/usr/lib/go/bin',
  ];
  for (const folder of folders) {
    const path = join(folder, 'go');
    if (await isProgram(path)) return path;
  }
  throw new Error(
    'Muster builds Dapr and its S3 server from source and found no Go.\n' +
      'Install Go 1.26 or newer (https://go.dev/dl/, `brew install go`), or have Dapr 1.18 in ~/.dapr/bin (`dapr init --slim`)\n' +
      'and Go for the S3 server. Then run the same command again.',
  );
}
