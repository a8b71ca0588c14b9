import os from 'node:os';
import type { Sql } from '@muster/db';

export interface Machine {
  processors: number;
  model: string;
  memoryGiB: number;
  system: string;
  node: string;
  postgres: string;
  /** Average over the minute before the bench began: above 0.5 others were at work too. */
  load: number;
}

/** What the figures were measured on. */
export async function describeMachine(server: Sql, load: number): Promise<Machine> {
  const [row] = await server<{ version: string }[]>`select current_setting('server_version') as version`;
  return {
    processors: os.availableParallelism(),
    model: os.cpus()[0]?.model ?? 'unknown',
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()}`,
    node: process.version,
    postgres: row?.version ?? 'unknown',
    load: Math.round(load * 100) / 100,
  };
}
