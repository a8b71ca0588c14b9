import { type RunningServer, startServer } from '@muster/service-kit';
import { createApp } from './app.ts';
import type { Deps } from './deps.ts';
import { createFront } from './edge/create-front.ts';
import { createSockets } from './sockets/create-sockets.ts';

/** Quiet connections end after this: a client that stopped reading must not hold a request for ever. */
const idleMs = 120_000;

/** Listens with everything mounted. `end` runs when the last request is out. */
export async function startGateway(
  deps: Deps,
  o: { handleSignals?: boolean; end: () => Promise<unknown> },
): Promise<RunningServer> {
  const sockets = createSockets(deps);
  const running = await startServer({
    app: createApp(deps),
    host: deps.config.HOST,
    port: deps.config.PORT,
    log: deps.log,
    front: createFront(deps, sockets),
    limits: {
      headersTimeoutMs: deps.config.HEADERS_TIMEOUT_MS,
      requestTimeoutMs: deps.config.REQUEST_TIMEOUT_MS,
      maxHeaderBytes: deps.config.MAX_HEADER_BYTES,
    },
    drainDelayMs: deps.config.DRAIN_DELAY_MS,
    closeSockets: () => void sockets.close(),
    onShutdown: [
      { name: 'connections to the sidecar', run: () => deps.upstream.close() },
      { name: 'the rest', run: o.end },
    ],
    handleSignals: o.handleSignals ?? true,
  });
  const { server } = running;
  server.setTimeout(idleMs);
  // A client that merely offers h2c (curl --http2) is answered in HTTP/1.1.
  Object.assign(server, {
    shouldUpgradeCallback: (req: { headers: { upgrade?: string } }) =>
      req.headers.upgrade?.toLowerCase() === 'websocket',
  });
  server.on('upgrade', (req, socket, head) => void sockets.upgrade(req, socket, head));
  return running;
}
