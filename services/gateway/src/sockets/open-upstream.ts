import { type IncomingMessage, request } from 'node:http';
import type { Duplex } from 'node:stream';

/** What an `events` process said to an upgrade: a socket, or an ordinary answer that refuses. */
export type Opened =
  | { answer: IncomingMessage; socket: Duplex; head: Buffer }
  | { answer: IncomingMessage; socket?: undefined };

const limitMs = 5000;

/** Asks one `events` process for a WebSocket. Rejects when it cannot be reached or says nothing for 5 s. */
export function openUpstream(url: URL, path: string, headers: string[]): Promise<Opened> {
  const { promise, resolve, reject } = Promise.withResolvers<Opened>();
  const asked = request({
    host: url.hostname,
    port: url.port || 80,
    path,
    headers: ['host', url.host, 'connection', 'Upgrade', 'upgrade', 'websocket', ...headers],
    agent: false,
    timeout: limitMs,
  });
  asked.on('upgrade', (answer, socket, head) => resolve({ answer, socket, head }));
  asked.on('response', (answer) => resolve({ answer }));
  asked.on('timeout', () => asked.destroy(new Error('no answer to the upgrade')));
  asked.on('error', reject);
  asked.end();
  return promise;
}
