import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clusterLayout } from '@muster/testcluster';
import { serveRegistry } from './serve-registry.ts';

const port = 15_001;

/** A registry for as long as a session lasts. */
export interface Registry {
  /** `--default-repo` of Skaffold. */
  repository: string;
  /** What the build script writes into. */
  folder: string;
  stop(): void;
}

/**
 * Serves the test cluster's registry under one name on both sides: here, where Skaffold looks, and in the cluster's own network,
 * where its node pulls. The images lie in the cluster's folder and go with it.
 */
export async function startRegistry(): Promise<Registry> {
  const layout = clusterLayout();
  const folder = join(layout.root, 'registry');
  await mkdir(folder, { recursive: true });
  const { namespaces } = JSON.parse(await readFile(layout.state, 'utf8')) as {
    namespaces: { init: { pid: number } };
  };
  const outside = await serveRegistry(folder, port).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') throw new Error(`Port ${port} is taken: does another \`skaffold dev\` run?`);
    throw error;
  });
  const main = join(import.meta.dirname, 'main.ts');
  // The channel between us tells it when we are gone, however we go.
  const inside = spawn('nsenter', ['-t', `${namespaces.init.pid}`, '-n', process.execPath, main, folder, `${port}`], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await once(inside, 'spawn');
  return {
    repository: `127.0.0.1:${port}/muster`,
    folder,
    stop() {
      inside.kill('SIGTERM');
      outside.close();
      outside.closeAllConnections();
    },
  };
}
