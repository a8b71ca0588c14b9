import { chmod, rm } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Platform } from '../platform.ts';
import type { Progress } from '../progress.ts';
import { askSupervisor, type Outcome, type SupervisorStatus } from './control-client.ts';

/** What others may ask of the supervisor over its socket. */
export interface ControlServer {
  report(progress: Progress): void;
  /** The start is over; ends every `/events` stream. */
  settle(outcome: Outcome): void;
  close(): Promise<void>;
}

/** Opens the control socket. Undefined when another supervisor of this environment answers there. */
export async function openControl(
  path: string,
  platform: () => Platform | undefined,
  stop: () => void,
): Promise<ControlServer | undefined> {
  const seen: (Progress | Outcome)[] = [];
  const watchers = new Set<ServerResponse>();
  let outcome: Outcome | undefined;

  const tell = (entry: Progress | Outcome) => {
    seen.push(entry);
    for (const watcher of watchers) watcher.write(`${JSON.stringify(entry)}\n`);
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://control');
    const json = (status: number, body: unknown) => response.writeHead(status).end(JSON.stringify(body));
    switch (`${request.method} ${pathname}`) {
      case 'GET /status':
        return json(200, describe(platform(), outcome));
      case 'GET /events':
        for (const entry of seen) response.write(`${JSON.stringify(entry)}\n`);
        if (outcome) return response.end();
        watchers.add(response);
        return response.on('close', () => watchers.delete(response));
      case 'POST /restart':
        return Promise.resolve()
          .then(() =>
            platform()
              ?.part(searchParams.get('part') ?? '')
              .restart(),
          )
          .then(() => json(200, {}))
          .catch((error: Error) => json(409, { message: error.message }));
      case 'POST /stop':
        json(202, {});
        return stop();
      default:
        return json(404, {});
    }
  });
  if (!(await listen(server, path))) return undefined;
  return {
    report: tell,
    settle(result) {
      if (outcome) return;
      outcome = result;
      tell(result);
      for (const watcher of watchers) watcher.end();
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await rm(path, { force: true });
    },
  };
}

function describe(platform: Platform | undefined, outcome: Outcome | undefined): SupervisorStatus {
  return {
    pid: process.pid,
    ready: outcome?.ok === true,
    name: platform?.name ?? '',
    folder: platform?.folder ?? '',
    url: platform?.urls.platform ?? '',
    mailUrl: platform?.urls.mail ?? '',
    admin: platform?.admin ?? { email: '', password: '' },
    parts: platform?.status() ?? [],
  };
}

async function listen(server: Server, path: string): Promise<boolean> {
  const attempt = () =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(path, () => {
        server.off('error', reject);
        resolve();
      });
    });
  try {
    await attempt();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    if (await askSupervisor<SupervisorStatus>(path, 'GET', '/status')) return false;
    // Left behind by a supervisor that was killed.
    await rm(path, { force: true });
    await attempt();
  }
  await chmod(path, 0o600);
  return true;
}
