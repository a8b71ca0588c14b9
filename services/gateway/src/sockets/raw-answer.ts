import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AppError } from '@muster/contracts';
import { toProblem } from '@muster/service-kit';
import { hopByHop } from '../proxy/request-headers.ts';

const lines = (rawHeaders: readonly string[], keep: (name: string) => boolean): string => {
  let out = '';
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    if (keep(rawHeaders[i]?.toLowerCase() ?? '')) out += `${rawHeaders[i]}: ${rawHeaders[i + 1]}\r\n`;
  }
  return out;
};

/** Head of a 101 as the upstream gave it: the hop-by-hop headers are the handshake itself. */
export const switching = (answer: IncomingMessage): string =>
  `HTTP/1.1 101 Switching Protocols\r\n${lines(answer.rawHeaders, (name) => !name.startsWith('dapr-'))}\r\n`;

/** Passes an ordinary answer on to a client that asked for an upgrade, and closes. */
export function passRefusal(answer: IncomingMessage, socket: Duplex): void {
  const status = answer.statusCode ?? 502;
  const headers = lines(answer.rawHeaders, (name) => !hopByHop.has(name));
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${headers}connection: close\r\n\r\n`);
  answer.on('error', () => socket.destroy());
  answer.pipe(socket);
}

/** Answers an upgrade with a problem, and closes. */
export function refuseUpgrade(socket: Duplex, error: AppError, requestId: string): void {
  if (!socket.writable) return void socket.destroy();
  const body = JSON.stringify(toProblem(error, requestId));
  const extra = Object.entries(error.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status] ?? ''}\r\n${extra.join('')}content-type: application/problem+json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
