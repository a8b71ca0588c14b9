import { join } from 'node:path';
import { cacheFolder } from '../env/cache-folder.ts';
import type { PartSpec } from '../process/part.ts';
import { answers } from '../process/wait-until.ts';
import type { ServiceDefinition } from '../services.ts';

/** One service process. It counts as started when it listens; `/readyz` may need its sidecar first. */
export function servicePart(
  name: string,
  service: ServiceDefinition,
  port: number,
  env: () => Record<string, string>,
): PartSpec {
  return {
    name,
    kind: 'service',
    port,
    command: () => ({
      file: process.execPath,
      // Room for what the requests of a rush leave behind: they end young, and are collected as such.
      args: ['--max-semi-space-size=32', '--enable-source-maps', service.entry],
      // Types are stripped and code is compiled once, not at every start.
      env: { NODE_COMPILE_CACHE: join(cacheFolder(), 'compile-cache'), ...env() },
      cwd: service.folder,
    }),
    probe: () => answers(`http://127.0.0.1:${port}/healthz`, [200, 503]),
    stopSignal: 'SIGTERM',
    deathSignal: 'SIGKILL',
    graceMs: 20_000,
    startAttempts: 4,
  };
}
