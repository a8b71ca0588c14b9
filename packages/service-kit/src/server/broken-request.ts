import { randomUUID } from 'node:crypto';
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

/** What Node's parser gave up on (control characters in the path, oversized headers): a 400 in our words, then closed. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const text = body(new AppError('invalid_path', 'The request could not be read.'));
  const head = `HTTP/1.1 400 Bad Request\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n`;
  socket.end(head + text);
}
