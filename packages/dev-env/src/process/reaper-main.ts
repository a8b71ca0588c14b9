import { rm } from 'node:fs/promises';
import { envFolder } from '../env/env-folder.ts';
import { reap } from './reap.ts';

// Started by startReaper: waits for the supervisor to say bye or to die, and in the second case ends what it left.
const [name = '', what] = process.argv.slice(2);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

let said = '';
for await (const chunk of process.stdin) said += chunk;
if (said !== 'bye') {
  const folder = envFolder(name);
  await reap(folder, 3_000, [process.pid]);
  if (what === 'remove') await rm(folder.root, { recursive: true, force: true });
}
