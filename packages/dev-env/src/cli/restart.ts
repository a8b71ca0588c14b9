import { cloneEnvName, envFolder } from '../env/env-folder.ts';
import { askSupervisor } from './control-client.ts';

/** Restarts one part of the running platform and waits until it serves. */
export async function restart([part = '']: string[]): Promise<number> {
  if (!part) throw new Error('Which part? For example: restart attendance-dapr (see status)');
  const folder = envFolder(cloneEnvName());
  const done = await askSupervisor(folder.control, 'POST', `/restart?part=${encodeURIComponent(part)}`);
  console.log(done ? `${part} runs again.` : 'Muster is not running.');
  return done ? 0 : 1;
}
