import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { createSidecar } from '@muster/dapr';
import { createLogger, loadConfig, type RunningServer } from '@muster/service-kit';
import { createCircuits } from '../src/circuit/create-circuits.ts';
import { configSchema } from '../src/config.ts';
import type { Deps } from '../src/deps.ts';
import { createCors } from '../src/edge/cors.ts';
import { createGate, type Verifier } from '../src/limits/admit.ts';
import { createShed } from '../src/proxy/create-shed.ts';
import { createTimeLimits } from '../src/proxy/time-limits.ts';
import { createUpstream } from '../src/proxy/upstream.ts';
import { appsOf, type Routes } from '../src/routes.ts';
import { startGateway } from '../src/start-gateway.ts';

export const log = createLogger({ service: 'gateway', level: 'silent' });

/** `user-<id>` is a good token of that user, everything else is not. */
export const verifier: Verifier = {
  async verify(token) {
    if (!token.startsWith('user-')) throw new Error('not a token');
    return { id: token.slice(5) };
  },
};

/** A server on a free port (or the given one) and a way to end it with all its connections. */
export async function listen(
  handler: RequestListener,
  port = 0,
): Promise<{ server: Server; port: number; close(): Promise<void> }> {
  const server = createServer(handler);
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket).size && socket.on('close', () => sockets.delete(socket)));
  await new Promise<void>((done, failed) => server.on('error', failed).listen(port, '127.0.0.1', done));
  const close = (): Promise<void> =>
    new Promise((done) => {
      server.close(() => done());
      for (const socket of sockets) socket.destroy();
    });
  return { server, port: (server.address() as AddressInfo).port, close };
}

export interface TestGateway extends RunningServer {
  port: number;
  /** What the next requests to the sidecar are answered with. */
  answer(handler: RequestListener): void;
  sidecar: { close(): Promise<void>; reopen(): Promise<void> };
}

const routes: Routes = { '/api/echo': 'echo', '/api/other': 'other' };

/** A whole gateway on a free port before one server that stands for its sidecar. */
export async function startTestGateway(
  handler: RequestListener,
  env: Record<string, string> = {},
  given: Partial<Deps> = {},
): Promise<TestGateway> {
  let current = handler;
  const onRequest: RequestListener = (req, res) => {
    // Every service signs its answers; a test that plays daprd's own takes it off again.
    res.setHeader('x-request-id', 'upstream');
    current(req, res);
  };
  let fake = await listen(onRequest);
  const config = loadConfig(configSchema, {
    PORT: '0',
    EVENTS_URL: 'http://127.0.0.1:1',
    DAPR_HTTP_PORT: String(fake.port),
    ...env,
  });
  const sidecar = createSidecar({ httpPort: fake.port, log });
  const upstream = createUpstream(`http://127.0.0.1:${fake.port}`, config.UPSTREAM_TIMEOUT_MS);
  const gate = createGate(config, verifier);
  const cors = createCors(config.CORS_ORIGINS);
  const circuits = createCircuits(config, appsOf(routes), log);
  const shed = createShed(config.SIGN_IN_PAUSE_MS);
  const timeouts = createTimeLimits(config.UPSTREAM_TIMEOUTS, config.UPSTREAM_TIMEOUT_MS);
  const deps: Deps = { config, log, routes, sidecar, upstream, gate, circuits, timeouts, shed, cors, ...given };
  const end = (): Promise<void> => sidecar.close();
  const running = await startGateway(deps, { handleSignals: false, end });
  return {
    ...running,
    answer: (next) => {
      current = next;
    },
    sidecar: {
      close: () => fake.close(),
      reopen: async () => {
        fake = await listen(onRequest, fake.port);
      },
    },
    stop: async () => {
      await running.stop();
      await fake.close();
    },
  };
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  json: () => Record<string, unknown>;
}

export async function readAll(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

interface Call {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** A request whose path goes out exactly as it is written. */
export function call(port: number, path: string, o: Call = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({
      port,
      host: '127.0.0.1',
      path,
      method: o.method ?? 'GET',
      headers: o.headers ?? {},
      agent: false,
    });
    asked.on('error', reject);
    asked.on('response', (answer) => {
      readAll(answer).then((bytes) => {
        const text = bytes.toString();
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, json: () => JSON.parse(text) });
      }, reject);
    });
    asked.end(o.body);
  });
}

/** Writes bytes to a socket and reads until the other side closes or `until` appears. */
export function raw(port: number, text: string, until?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'));
    let read = '';
    socket.on('data', (data) => {
      read += data.toString('latin1');
      if (until !== undefined && read.includes(until)) socket.destroy();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(read));
  });
}

export interface Seen {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingMessage['headers'];
  raw: string[];
  body: string;
}

/** Remembers every request and answers 200 with what it saw. */
export function echo(seen: Seen[]): RequestListener {
  return async (req: IncomingMessage, res: ServerResponse) => {
    const body = (await readAll(req)).toString();
    const { method, url, headers, rawHeaders } = req;
    seen.push({ method, url, headers, raw: rawHeaders, body });
    res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ method, url, body }));
  };
}

export const problem = (
  res: ServerResponse,
  status: number,
  code: string,
  headers: Record<string, string> = {},
): void => {
  res
    .writeHead(status, { 'content-type': 'application/problem+json', ...headers })
    .end(JSON.stringify({ code, status }));
};

/** What Dapr says when it cannot do it. */
export const daprError = (res: ServerResponse, message: string): void => {
  res.removeHeader('x-request-id');
  res
    .writeHead(500, { 'content-type': 'application/json' })
    .end(JSON.stringify({ errorCode: 'ERR_DIRECT_INVOKE', message }));
};

/** Waits until `check` holds. */
export async function eventually(check: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; !(await check()); i += 1) {
    if (i > 1000) throw new Error('it never came true');
    await new Promise((done) => setTimeout(done, 10));
  }
}
