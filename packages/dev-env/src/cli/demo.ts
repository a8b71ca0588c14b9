import { parseArgs } from 'node:util';
import { createApi, playShiftChange, reportTable } from '@muster/demo';
import { cloneEnvName, envFolder } from '../env/env-folder.ts';
import { localAdmin } from '../options.ts';
import { askSupervisor, type SupervisorStatus } from './control-client.ts';

/** Plays a shift change on the running platform, or on the one at `MUSTER_URL`. Exit code 1 when a number does not add up. */
export async function demo(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { people: { type: 'string', default: '200' }, 'window-seconds': { type: 'string', default: '60' } },
  });
  const { url, admin } = await target();
  const api = createApi(url);
  try {
    // Patience is for a busy door; a door that is not there is said at once.
    await api.call('GET', '/healthz').catch((cause: unknown) => {
      throw new Error(`Nobody answers at ${url}. Start Muster: make up`, { cause });
    });
    const report = await playShiftChange({
      api,
      admin,
      people: Number(values.people),
      windowMs: Number(values['window-seconds']) * 1000,
      progress: (line) => console.log(`  ${line}`),
    });
    console.log(reportTable(report));
    return report.faults.length === 0 ? 0 : 1;
  } finally {
    await api.close();
  }
}

async function target(): Promise<{ url: string; admin: { email: string; password: string } }> {
  const { MUSTER_URL, MUSTER_ADMIN_EMAIL, MUSTER_ADMIN_PASSWORD } = process.env;
  if (MUSTER_URL) {
    const { email, password } = localAdmin;
    return {
      url: MUSTER_URL,
      admin: { email: MUSTER_ADMIN_EMAIL ?? email, password: MUSTER_ADMIN_PASSWORD ?? password },
    };
  }
  const status = await askSupervisor<SupervisorStatus>(envFolder(cloneEnvName()).control, 'GET', '/status');
  if (!status?.ready) throw new Error('Muster is down. Start it: make up');
  return status;
}
