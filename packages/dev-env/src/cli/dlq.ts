import { subscribes } from '@muster/contracts';
import { cloneEnvName, envFolder } from '../env/env-folder.ts';
import { readJson } from '../env/keep-json.ts';
import type { Ports } from '../env/ports.ts';
import { type Secrets, serviceSecrets } from '../env/secrets.ts';
import { type DeadLetters, type ParkedEvent, reachDeadLetters } from './reach-dead-letters.ts';

/** `dlq [list [app]]`, `dlq retry all`, `dlq retry <app> [id]`, `dlq drop <app> <id>`. Exit code 1 when one failed again. */
export async function dlq([action = 'list', target = 'all', id]: string[]): Promise<number> {
  const apps = await reachApps(target);
  switch (action) {
    case 'list':
      return list(apps);
    case 'retry':
      return retry(apps, id);
    case 'drop': {
      const [app] = apps;
      if (!id || target === 'all' || !app) throw new Error('Which one? dlq drop <app> <id>; see dlq list');
      await app.drop(id);
      console.log(`${app.app} gave up ${id}.`);
      return 0;
    }
    default:
      throw new Error('dlq list [app] | retry all | retry <app> [id] | drop <app> <id>');
  }
}

async function reachApps(target: string): Promise<DeadLetters[]> {
  const folder = envFolder(cloneEnvName());
  const [ports, secrets] = [await readJson<Ports>(folder.ports), await readJson<Secrets>(folder.secrets)];
  if (!ports || !secrets) throw new Error('There is no platform yet. Start it: make up');
  const consumers = Object.entries(subscribes).flatMap(([app, topics]) => (topics.length > 0 ? [app] : []));
  const names = consumers.filter((app) => ports.services[app] && (target === 'all' || target === app));
  if (names.length === 0) throw new Error(`${target} has no dead letters; those that can are ${consumers.join(', ')}`);
  return names.map((app) =>
    reachDeadLetters(app, ports.services[app]?.daprHttp ?? 0, serviceSecrets(secrets, app).daprApiToken),
  );
}

async function list(apps: readonly DeadLetters[]): Promise<number> {
  let count = 0;
  for (const { app, list } of apps) {
    for (const letter of await list()) {
      if (count++ === 0) console.log('app         id                                    parked                event');
      console.log(describe(app, letter));
    }
  }
  console.log(count === 0 ? 'No dead letters.' : `\n${count} in all. Send them again: make dlq A="retry all"`);
  return 0;
}

function describe(app: string, { id, parkedAt, topic, type, attempts, reason }: ParkedEvent): string {
  const tried = attempts > 0 ? `, tried ${attempts} more times` : '';
  return `${app.padEnd(11)} ${id}  ${parkedAt.slice(0, 19)}Z  ${type ?? topic}${tried}${reason ? `: ${reason}` : ''}`;
}

async function retry(apps: readonly DeadLetters[], id: string | undefined): Promise<number> {
  let handled = 0;
  const failed: string[] = [];
  for (const app of apps) {
    const ids = id ? [id] : (await app.list()).map((letter) => letter.id);
    for (const each of ids) {
      await app.retry(each).then(
        () => handled++,
        (error: Error) => failed.push(`${app.app} ${each}: ${error.message}`),
      );
    }
  }
  for (const line of failed) console.error(line);
  console.log(`${handled} handled, ${failed.length} failed again.`);
  return failed.length > 0 ? 1 : 0;
}
