import { join } from 'node:path';
import { cacheFolder } from '../env/cache-folder.ts';
import type { Report } from '../progress.ts';
import { buildTools } from './build-tools.ts';
import { findDapr, isProgram } from './find-dapr.ts';
import { daprModule, readPin, type ToolModule, versitygwModule } from './pins.ts';
import { withLock } from './with-lock.ts';

/** Absolute paths of the programs the platform runs. */
export interface Tools {
  daprd: string;
  scheduler: string;
  sentry: string;
  versitygw: string;
}

/** Finds or builds Dapr's programs and VersityGW. The first time takes minutes, which `report` shows. */
export async function ensureTools(report: Report): Promise<Tools> {
  const dapr = await ensureModule(daprModule, report, findDapr);
  const versitygw = await ensureModule(versitygwModule, report);
  return { ...dapr, ...versitygw } as unknown as Tools;
}

/** Every program of a module: found on this machine, in the cache, or built now. */
export async function ensureModule(
  module: ToolModule,
  report: Report,
  find: (version: string) => Promise<Record<string, string>> = async () => ({}),
): Promise<Record<string, string>> {
  const pin = await readPin(module);
  const paths: Record<string, string> = await find(pin.version);
  for (const name of Object.keys(module.programs)) paths[name] ??= join(pin.target, name);
  const missing = () => missingPrograms(paths);
  if ((await missing()).length === 0) return paths;

  const lock = join(cacheFolder(), 'tools', `${module.name}.lock`);
  const onWait = (pid: number) =>
    report({ part: module.name, state: 'working', detail: `waiting for process ${pid}, which builds it` });
  await withLock(
    lock,
    async () => {
      const names = await missing();
      if (names.length > 0) await buildTools(module, pin, names, report);
    },
    onWait,
  );
  report({ part: module.name, state: 'ready', detail: `${pin.version} built` });
  return paths;
}

async function missingPrograms(paths: Record<string, string>): Promise<string[]> {
  const names: string[] = [];
  for (const [name, path] of Object.entries(paths)) if (!(await isProgram(path))) names.push(name);
  return names;
}
