import { execFile } from 'node:child_process';
import { mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, daprModule, findGo, readPin } from '@muster/dev-env/tools';

const run = promisify(execFile);

/** The folder of Dapr's own Helm chart, taken from its Go module (whose checksum is pinned) and kept in the cache. */
export async function ensureDaprChart(version: string): Promise<string> {
  const folder = join(cacheFolder(), 'tools', `dapr-chart-${version}`);
  if (await stat(join(folder, 'Chart.yaml')).catch(() => undefined)) return folder;
  const { stdout } = await run(await findGo(), ['mod', 'download', '-json', `${daprModule.pinned}@v${version}`], {
    cwd: daprModule.folder,
    env: { ...process.env, GOWORK: 'off' },
  });
  const { Dir } = JSON.parse(stdout) as { Dir: string };
  const draft = await mkdtemp(`${folder}-`);
  // The module cache is read-only, a copy of ours must be removable.
  await run('cp', ['-R', '--no-preserve=mode', join(Dir, 'charts/dapr/.'), draft]);
  await rename(draft, folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
  await rm(draft, { recursive: true, force: true });
  return folder;
}

/** Chart and version, for a cluster that has its images from Dapr's own registry. */
export async function ensureDapr(): Promise<{ daprChart: string; daprVersion: string }> {
  const { version } = await readPin(daprModule);
  return { daprChart: await ensureDaprChart(version), daprVersion: version };
}
