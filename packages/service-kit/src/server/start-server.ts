import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Env, Hono } from 'hono';
import { stopBeingReady } from '../http/health.ts';
import type { Log } from '../logger.ts';
import { stopTracing } from '../tracing/tracer.ts';
import { answerBrokenRequest, refuse } from './broken-request.ts';
import { finishRequests, trackSockets } from './finish-requests.ts';
import { type Phase, runPhases } from './phases.ts';

/** What a client may take up before its request is there. */
export interface RequestLimits {
  /** Until the head of a request is complete. */
  headersTimeoutMs?: number;
  /** Until all of a request is there. */
  requestTimeoutMs?: number;
  /** All headers together. */
  maxHeaderBytes?: number;
}

export interface ServerOptions<E extends Env> {
  app: Hono<E>;
  host: string;
  /** 0 takes a free one. */
  port: number;
  log: Log;
  /** Wraps the listener of `app` at Node's level, for what must not pass through web Request and Response (a proxy). */
  front?: (next: RequestListener) => RequestListener;
  /** First step of a shutdown: close what would never end by itself (WebSockets). New ones must be refused from here on. */
  closeSockets?: () => void;
  /** After the last request: flush batches, relay the outbox, close pools. In order, each with a limit. */
  onShutdown: readonly Phase[];
  /** How long to go on serving after `/readyz` turned 503, so that load balancers notice (default 0). */
  drainDelayMs?: number;
  /** How long in-flight requests may take to finish (default 15 s). */
  finishLimitMs?: number;
  /** Default: 60 s, 120 s and Node's 16 KiB. */
  limits?: RequestLimits;
  /** False in tests that start several servers in one process. */
  handleSignals?: boolean;
}

export interface RunningServer {
  /** Node's server, for instance to attach Socket.IO. */
  server: Server;
  port: number;
  url: string;
  /** The same steps as a signal, without the exit. */
  stop(): Promise<void>;
}

/**
 * Listens, and shuts down on SIGTERM or SIGINT: readiness off → stop accepting and finish requests → phases → last spans →
 * exit 0. A second signal exits at once. Rejects when the port is taken.
 */
export async function startServer<E extends Env>(o: ServerOptions<E>): Promise<RunningServer> {
  // Idle connections outlive the sidecar's own idle limit (90 s), or it would send into a socket we just closed. A missing
  // Host is answered by `refuse`, in our words.
  const { headersTimeoutMs = 60_000, requestTimeoutMs = 120_000, maxHeaderBytes = 16_384 } = o.limits ?? {};
  const server = createServer({
    keepAliveTimeout: 120_000,
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    maxHeaderSize: maxHeaderBytes,
    // How often Node looks for the late ones: by default 30 s, which would double a limit of that length.
    connectionsCheckingInterval: Math.min(1000, headersTimeoutMs),
    requireHostHeader: false,
  });
  const sockets = trackSockets(server);
  const listener: RequestListener = getRequestListener(o.app.fetch, {
    errorHandler: refuse,
    overrideGlobalObjects: true,
  });
  server.on('request', o.front ? o.front(listener) : listener);
  server.on('clientError', answerBrokenRequest);
  const { promise: listening, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(o.port, o.host, resolve);
  await listening;
  const { port } = server.address() as AddressInfo;

  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      stopBeingReady(o.app);
      // Who keeps its connection is told with its next answer to take another: closed under a request, it would be lost.
      server.prependListener('request', (_req, res) => {
        res.shouldKeepAlive = false;
      });
      if (o.drainDelayMs) await new Promise((done) => setTimeout(done, o.drainDelayMs));
      o.closeSockets?.();
      await finishRequests(server, sockets, o.finishLimitMs ?? 15_000, o.log);
      await runPhases(o.onShutdown, o.log);
      await stopTracing();
    })();
    return stopping;
  };

  if (o.handleSignals !== false) {
    const onSignal = (signal: string): void => {
      if (stopping) process.exit(1);
      o.log.info({ signal }, 'shutting down');
      stop().then(() => process.exit(0));
    };
    process.on('SIGTERM', onSignal);
    process.on('SIGINT', onSignal);
  }
  o.log.info({ host: o.host, port }, 'listening');
  return { server, port, url: `http://${o.host}:${port}`, stop };
}
