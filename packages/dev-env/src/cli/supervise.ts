import { createPlatform } from '../create-platform.ts';
import { cloneEnvName, envFolder, makeEnvFolder } from '../env/env-folder.ts';
import { keepLogsShort } from '../logs/keep-logs-short.ts';
import { localNiceness } from '../options.ts';
import type { Platform } from '../platform.ts';
import { openControl } from './control-server.ts';

/** The process behind `make up`: starts the platform and stays, until it is told to stop. Not for direct use. */
export async function supervise(): Promise<number> {
  const folder = envFolder(cloneEnvName());
  await makeEnvFolder(folder);
  let platform: Platform | undefined;
  const over = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => over.resolve());
  // Whoever watched the start may leave before it ends.
  process.stdout.on('error', () => {});

  const control = await openControl(folder.control, () => platform, over.resolve);
  if (!control) return 0;
  const logs = keepLogsShort(folder.logs);
  let code = 0;
  try {
    platform = await createPlatform({
      name: folder.name,
      ports: process.env.MUSTER_PORTS === 'free' ? 'free' : 'fixed',
      watch: true,
      niceness: localNiceness,
      ...(process.env.MUSTER_ONLY && { only: process.env.MUSTER_ONLY.split(',') }),
      onProgress: control.report,
      ...(process.env.LOG_LEVEL && { env: { '*': { LOG_LEVEL: process.env.LOG_LEVEL } } }),
    });
    const started = platform.start().then(() => control.settle({ ok: true }));
    // A stop during the start must not wait for it.
    await Promise.race([started, over.promise]);
    started.catch(() => {});
    await over.promise;
    control.settle({ ok: false, message: 'It was told to stop.' });
  } catch (error) {
    code = 1;
    console.error(error);
    control.settle({ ok: false, message: error instanceof Error ? error.message : String(error) });
  }
  await platform?.stop();
  logs.stop();
  await control.close();
  return code;
}
