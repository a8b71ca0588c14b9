import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Pgbench } from './find-pgbench.ts';

export interface PgbenchOptions {
  script: string;
  /** Of the database. */
  url: string;
  clients: number;
  /** Transactions in all, as near as whole ones per client allow. */
  transactions: number;
}

export interface PgbenchResult {
  perSecond: number;
  seconds: number;
  latenciesMs: number[];
  /** What it said. */
  output: string;
}

/** Runs a script with prepared statements. Throws when a transaction failed. */
export async function runPgbench(
  { file, libraries }: Pgbench,
  { script, url, clients, transactions }: PgbenchOptions,
): Promise<PgbenchResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'muster-pgbench-'));
  try {
    const scriptFile = path.join(folder, 'check-in.sql');
    await writeFile(scriptFile, script);
    const { hostname, port, username, password, pathname } = new URL(url);
    const each = String(Math.ceil(transactions / clients));
    const args = ['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-t', each, '-f', scriptFile, '-l'];
    const env = {
      ...process.env,
      ...{ PGHOST: hostname, PGPORT: port, PGUSER: username, PGPASSWORD: password, PGDATABASE: pathname.slice(1) },
      ...(libraries && { LD_LIBRARY_PATH: libraries }),
    };
    const output = await run(file, args, { cwd: folder, env });
    const logs = (await readdir(folder)).filter((name) => name.startsWith('pgbench_log'));
    const texts = await Promise.all(logs.map((name) => readFile(path.join(folder, name), 'utf8')));
    return { ...readOutput(output), latenciesMs: readLatencies(texts.join('')), output };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Reads pgbench's closing words. Throws when it failed a transaction or processed none. */
export function readOutput(output: string): { perSecond: number; seconds: number } {
  const perSecond = Number(/tps = ([\d.]+) \(without initial connection time\)/.exec(output)?.[1]);
  const processed = Number(/transactions actually processed: (\d+)/.exec(output)?.[1]);
  const failed = Number(/failed transactions: (\d+)/.exec(output)?.[1] ?? 0);
  if (!(perSecond > 0) || !(processed > 0) || failed > 0) throw new Error(`pgbench did not do its work:\n${output}`);
  return { perSecond, seconds: processed / perSecond };
}

/** Milliseconds of each transaction from a `-l` log: the third column, in microseconds. */
export const readLatencies = (log: string): number[] =>
  log
    .split('\n')
    .filter(Boolean)
    .map((line) => Number(line.split(' ')[2]) / 1000);

function run(file: string, args: string[], options: { cwd: string; env: NodeJS.ProcessEnv }): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (piece) => (output += piece));
    child.stderr.on('data', (piece) => (output += piece));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(output) : reject(new Error(`pgbench failed:\n${output}`))));
  });
}
