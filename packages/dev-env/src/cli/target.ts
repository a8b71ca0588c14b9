import { type Api, createApi } from '@muster/demo';
import { cloneEnvName, envFolder } from '../env/env-folder.ts';
import { localAdmin } from '../options.ts';
import { askSupervisor, type SupervisorStatus } from './control-client.ts';

export interface Target {
  url: string;
  admin: { email: string; password: string };
}

/** The platform that runs here, or the one at `MUSTER_URL` with `MUSTER_ADMIN_EMAIL` and `MUSTER_ADMIN_PASSWORD`. */
export async function findTarget(): Promise<Target> {
  const { MUSTER_URL, MUSTER_ADMIN_EMAIL, MUSTER_ADMIN_PASSWORD } = process.env;
  if (MUSTER_URL) {
    const { email, password } = localAdmin;
    return {
      url: MUSTER_URL.replace(/\/+$/, ''),
      admin: { email: MUSTER_ADMIN_EMAIL ?? email, password: MUSTER_ADMIN_PASSWORD ?? password },
    };
  }
  const status = await askSupervisor<SupervisorStatus>(envFolder(cloneEnvName()).control, 'GET', '/status');
  if (!status?.ready) throw new Error('Muster is down. Start it: make up');
  return status;
}

/** Runs `work` with a client of that platform and closes it afterwards; says at once when nobody answers there. */
export async function withApi<T>(url: string, work: (api: Api) => Promise<T>): Promise<T> {
  const api = createApi(url);
  try {
    // Patience is for a busy door; a door that is not there is said at once.
    await api.call('GET', '/healthz').catch((cause: unknown) => {
      throw new Error(`Nobody answers at ${url}. Start Muster: make up`, { cause });
    });
    return await work(api);
  } finally {
    await api.close();
  }
}
