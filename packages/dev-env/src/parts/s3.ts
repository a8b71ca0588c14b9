import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { PartSpec } from '../process/part.ts';
import { answers } from '../process/wait-until.ts';
import { type PartsContext, S3_REGION } from './context.ts';

/** VersityGW: S3 over a folder. */
export function s3Part({ folder, ports, secrets }: PartsContext, program: () => Promise<string>): PartSpec {
  const objects = join(folder.data, 's3/objects');
  const metadata = join(folder.data, 's3/metadata');
  return {
    name: 's3',
    kind: 'infrastructure',
    port: ports.s3,
    async command() {
      await mkdir(objects, { recursive: true });
      await mkdir(metadata, { recursive: true });
      return {
        file: await program(),
        // Metadata beside the objects: not every file system has extended attributes.
        args: [
          '--port',
          `127.0.0.1:${ports.s3}`,
          '--region',
          S3_REGION,
          '--health',
          '/health',
          'posix',
          '--sidecar',
          metadata,
          objects,
        ],
        env: { ROOT_ACCESS_KEY: secrets.s3AccessKey, ROOT_SECRET_KEY: secrets.s3SecretKey },
        cwd: folder.data,
      };
    },
    probe: () => answers(`http://127.0.0.1:${ports.s3}/health`),
    stopSignal: 'SIGTERM',
    deathSignal: 'SIGTERM',
    graceMs: 3_000,
  };
}
