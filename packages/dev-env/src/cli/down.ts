import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { cloneEnvName, type EnvFolder, envFolder } from '../env/env-folder.ts';
import { ownerOf } from '../env/owner.ts';
import { signalProcess } from '../process/identity.ts';
import { leftovers, reap } from '../process/reap.ts';
import { askSupervisor, type SupervisorStatus } from './control-client.ts';

// An orderly stop lets requests finish; beyond this something hangs.
const stopWithinMs = 40_000;

/** Stops the platform of this clone; data stays. */
export async function down(): Promise<number> {
  const folder = envFolder(cloneEnvName());
  console.log((await stopPlatform(folder)) ? 'Muster is down; its data is kept.' : 'Muster was not running.');
  return 0;
}

/** Tells the supervisor to stop and ends what it may have left. False when nothing ran. */
export async function stopPlatform(folder: EnvFolder): Promise<boolean> {
  const status = await askSupervisor<SupervisorStatus>(folder.control, 'GET', '/status');
  if (status) {
    await askSupervisor(folder.control, 'POST', '/stop');
    await untilStopped(folder);
    await untilGone(folder, 3_000);
  }
  // One that hangs would bring its parts back.
  const owner = await ownerOf(folder);
  if (owner) signalProcess(owner, 'SIGKILL');
  const reaped = await reap(folder, 10_000);
  await rm(folder.control, { force: true });
  return status !== undefined || reaped > 0;
}

/** Waits until the supervisor has ended everything and closed its socket. */
export async function untilStopped(folder: EnvFolder): Promise<void> {
  const deadline = performance.now() + stopWithinMs;
  while (existsSync(folder.control) && performance.now() < deadline) await sleep(30);
}

async function untilGone(folder: EnvFolder, limitMs: number): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (leftovers(folder).length > 0 && performance.now() < deadline) await sleep(30);
}
