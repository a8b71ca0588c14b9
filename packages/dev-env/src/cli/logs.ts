import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cloneEnvName, envFolder } from '../env/env-folder.ts';
import { followFile } from '../logs/follow-file.ts';
import { lastLines } from '../logs/last-lines.ts';
import { readable } from '../logs/readable.ts';
import { paint, paintName } from './paint.ts';

/** Prints and follows the logs of all parts, or of those named (`attendance` also means its further processes). */
export async function logs(args: string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    allowNegative: true,
    options: { lines: { type: 'string', short: 'n' }, follow: { type: 'boolean', short: 'f', default: true } },
  });
  const folder = envFolder(cloneEnvName());
  const files = await readdir(folder.logs).catch(() => []);
  const known = files.filter((file) => file.endsWith('.log')).map((file) => file.slice(0, -4));
  const names = known.filter(
    (name) => positionals.length === 0 || positionals.includes(name.replace(/-\d+(?=$|-dapr$)/, '')),
  );
  if (names.length === 0) {
    throw new Error(
      known.length === 0
        ? 'There are no logs yet. Start Muster: make up'
        : `No such part; there are ${known.join(', ')}`,
    );
  }
  const width = Math.max(...names.map((name) => name.length));
  const print = (name: string, line: string) => {
    const { time, level, text } = readable(line);
    const loud = level === 'error' || level === 'fatal' ? 'red' : level === 'warn' ? 'yellow' : undefined;
    console.log(`${paintName(name, width)} ${time ? paint('dim', `${time} `) : ''}${loud ? paint(loud, text) : text}`);
  };
  const count = Number(values.lines ?? (positionals.length > 0 ? 100 : 10));
  for (const name of names) {
    const text = lastLines(join(folder.logs, `${name}.log`), count);
    for (const line of text ? text.split('\n') : []) print(name, line);
  }
  if (!values.follow) return 0;
  process.once('SIGINT', () => process.exit(0));
  await Promise.all(names.map((name) => followFile(join(folder.logs, `${name}.log`), (line) => print(name, line))));
  return 0;
}
