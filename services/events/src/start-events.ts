import type { EventEnvelope } from '@muster/contracts';
import type { Batcher } from '@muster/db';
import type { Verifier } from '@muster/identity';
import { type RunningServer, type ServerOptions, startServer } from '@muster/service-kit';
import type { Deps } from './deps.ts';
import type { EventsEnv } from './http/env.ts';
import { attachSockets, type Sockets } from './sockets/attach-sockets.ts';

export interface EventsServer
  extends Pick<ServerOptions<EventsEnv>, 'app' | 'host' | 'port' | 'log' | 'handleSignals'> {
  deps: Deps;
  verifier: Verifier;
  recorder: Pick<Batcher<EventEnvelope, void>, 'idle'>;
  redisUrl?: string | undefined;
  sweepMs?: number;
  /** What the process lets go of when nothing is under way any more. */
  end?: ServerOptions<EventsEnv>['onShutdown'];
}

/** Listens for requests and sockets. A shutdown says goodbye to the sockets first: they would never end by themselves. */
export async function startEvents(o: EventsServer): Promise<RunningServer> {
  const { app, host, port, log, deps, verifier, recorder, redisUrl, sweepMs, handleSignals = true, end = [] } = o;
  let sockets: Sockets | undefined;
  const running = await startServer({
    app,
    host,
    port,
    log,
    handleSignals,
    closeSockets: () => sockets?.close(),
    onShutdown: [
      { name: 'events under way', run: () => recorder.idle() },
      { name: 'sockets', run: () => sockets?.stop() },
      ...end,
    ],
  });
  sockets = attachSockets({ server: running.server, deps, verifier, redisUrl, ...(sweepMs && { sweepMs }) });
  return running;
}
