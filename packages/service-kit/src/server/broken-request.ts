import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError } from '@muster/contracts';
import { toProblem } from '../http/problem.ts';

const type = 'application/problem+json';
const body = (error: AppError): string => JSON.stringify(toProblem(error, randomUUID()));

/** Requests the adapter cannot turn into a web Request: bad Host header, backslash in the path, impossible URL. */
export function refuse(): Response {
  const error = new AppError('invalid_path', 'This is not a usable URL.');
  return new Response(body(error), { status: error.status, headers: { 'content-type': type } });
}

const unreadable = (code: string | undefined): AppError => {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new AppError('request_timeout', 'The request did not arrive in time.');
    case 'HPE_HEADER_OVERFLOW':
      return new AppError('headers_too_large', 'The headers are too large.');
    default:
      return new AppError('invalid_path', 'The request could not be read.');
  }
};

/**
 * What Node's parser gave up on: a head that is too large (431), a request that does not come to its end (408), control
 * characters in the path and the rest (400). A problem in our words, then closed.
 */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const problem = unreadable(error.code);
  const text = body(problem);
  const head = `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n`;
  socket.end(head + text);
}
