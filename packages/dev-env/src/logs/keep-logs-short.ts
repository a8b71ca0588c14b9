import { copyFile, readdir, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';

const longest = 64 * 1024 * 1024;
const lookEveryMs = 30_000;

/** Empties log files that grew too long, keeping what was in them as `<part>.log.1`. Programs write on: they append. */
export function keepLogsShort(folder: string): { stop(): void } {
  const look = async () => {
    for (const name of (await readdir(folder)).filter((file) => file.endsWith('.log'))) {
      const path = join(folder, name);
      if ((await stat(path)).size < longest) continue;
      await copyFile(path, `${path}.1`);
      await truncate(path);
    }
  };
  const timer = setInterval(() => void look().catch(() => {}), lookEveryMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
