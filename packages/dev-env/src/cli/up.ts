import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApi, demoPassword, seedDemo } from '@muster/demo';
import { cloneEnvName, type EnvFolder, envFolder, makeEnvFolder } from '../env/env-folder.ts';
import { lastLines } from '../logs/last-lines.ts';
import { askSupervisor, followStart, type SupervisorStatus } from './control-client.ts';
import { untilStopped } from './down.ts';
import { paint } from './paint.ts';
import { progressView } from './progress-view.ts';
import { obtainEverything } from './tools.ts';

/** Starts the platform: progress in the foreground, then a supervisor in the background. */
export async function up(): Promise<number> {
  const folder = envFolder(cloneEnvName());
  const began = performance.now();
  const view = progressView();
  await makeEnvFolder(folder);
  const running = await askSupervisor<SupervisorStatus>(folder.control, 'GET', '/status');
  if (running?.ready) return welcome(await withDemoData(running), 'Muster is up already');
  if (!running) {
    await obtainEverything(view.report);
    await startSupervisor(folder);
  }

  const stop = () => void askSupervisor(folder.control, 'POST', '/stop');
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const outcome = await followStart(folder.control, view.report);
  view.end();
  if (!outcome?.ok) {
    await untilStopped(folder);
    throw new Error(`Muster did not start. ${outcome?.message ?? ''}`);
  }
  const status = await askSupervisor<SupervisorStatus>(folder.control, 'GET', '/status');
  if (!status) throw new Error('Muster started and ended again; see `make logs`');
  const headline = `Muster is up after ${((performance.now() - began) / 1000).toFixed(1)} s`;
  return welcome(await withDemoData(status), headline);
}

async function startSupervisor(folder: EnvFolder): Promise<void> {
  const logFile = join(folder.root, 'supervisor.log');
  const log = openSync(logFile, 'a', 0o600);
  const cli = join(import.meta.dirname, '../cli.ts');
  const child = spawn(process.execPath, [cli, 'supervise'], { detached: true, stdio: ['ignore', log, log], cwd: '/' });
  closeSync(log);
  child.unref();
  const ended = once(child, 'exit').then(() => {
    throw new Error(`The supervisor ended at once:\n${lastLines(logFile, 15)}`);
  });
  const answering = (async () => {
    while (!(await askSupervisor(folder.control, 'GET', '/status'))) await sleep(30);
  })();
  await Promise.race([answering, ended]);
  ended.catch(() => {});
}

/** Puts the demo's people in, once; `MUSTER_DEMO=0` leaves the platform empty. */
async function withDemoData(status: SupervisorStatus): Promise<SupervisorStatus> {
  if (process.env.MUSTER_DEMO === '0') return status;
  const api = createApi(status.url);
  try {
    const progress = (line: string) => console.log(paint('dim', line));
    const { people, created, shifts } = await seedDemo({ api, admin: status.admin, password: demoPassword, progress });
    if (created > 0) console.log(`  demo data: ${people} people at two sites`);
    if (shifts > 0) console.log(`  demo data: ${shifts} shifts this week`);
  } finally {
    await api.close();
  }
  return status;
}

function welcome({ url, mailUrl, admin }: SupervisorStatus, headline: string): number {
  const label = (text: string) => paint('dim', text.padEnd(10));
  console.log(`
${paint(['bold', 'green'], headline)}
  ${label('URL')} ${paint('bold', url)}   ${paint('dim', `docs: ${url}/docs`)}
  ${label('admin')} ${admin.email}
  ${label('password')} ${admin.password}
  ${label('people')} person01@demo.muster.local … person40@demo.muster.local, password ${demoPassword}
  ${label('mails')} ${mailUrl}
  ${label('try next')} ${paint('bold', 'make demo')}   ${paint('dim', 'then: make status · make logs S=attendance · make down')}`);
  return 0;
}
