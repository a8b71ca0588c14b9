import { cloneEnvName, envFolder } from '../env/env-folder.ts';
import type { PartStatus } from '../platform.ts';
import { askSupervisor, type SupervisorStatus } from './control-client.ts';
import { paint, paintName } from './paint.ts';

/** What runs, where, since when. Exit code 1 when the platform is down or a part of it is. */
export async function status(): Promise<number> {
  const folder = envFolder(cloneEnvName());
  const found = await askSupervisor<SupervisorStatus>(folder.control, 'GET', '/status');
  if (!found) {
    console.log('Muster is down. Start it: make up');
    return 1;
  }
  console.log(
    paint(
      'dim',
      `${'part'.padEnd(18)}${'state'.padEnd(11)}${'port'.padEnd(7)}${'pid'.padEnd(9)}${'up for'.padEnd(10)}restarts`,
    ),
  );
  for (const part of found.parts) console.log(row(part));
  console.log(
    `\n${paint('bold', found.url)}   ${paint('dim', `mails: ${found.mailUrl}   data and logs: ${found.folder}`)}`,
  );
  return found.parts.every((part) => part.state === 'ready') ? 0 : 1;
}

function row({ name, state, port, pid, since, restarts }: PartStatus): string {
  const colour = state === 'ready' ? 'green' : state === 'stopped' ? 'red' : 'yellow';
  return [
    paintName(name, 18),
    paint(colour, state.padEnd(11)),
    String(port).padEnd(7),
    String(pid ?? '-').padEnd(9),
    (since ? span(Date.now() - Date.parse(since)) : '-').padEnd(10),
    restarts || '',
  ].join('');
}

function span(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}
