import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { AppError } from '@muster/contracts';

/** Dapr's own limit on the way (`--max-body-size`). */
export const maxBodyBytes = 16 * 1024 * 1024;
/** A body up to this size is read before it is sent, so that it can be sent again. */
export const replayBytes = 64 * 1024;

export type Body =
  | { kind: 'none' }
  | { kind: 'bytes'; bytes: Buffer }
  | { kind: 'stream'; length?: number; open(): Readable };

const tooLarge = (): AppError => new AppError('body_too_large', `The body may have at most ${maxBodyBytes} bytes.`);

async function* counted(req: IncomingMessage): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    // The request must outlive us: the answer 413 goes out on its socket.
    for await (const chunk of req.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      if (bytes > maxBodyBytes) throw tooLarge();
      yield chunk;
    }
  } finally {
    // What nobody wants any more is read and dropped, see `finish`.
    req.resume();
  }
}

function open(req: IncomingMessage): Readable {
  // Whoever reads it hears of errors; one that fails before anybody reads must not end the process.
  return Readable.from(counted(req)).on('error', () => undefined);
}

async function read(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

/**
 * The request's body: read when it is declared small, else a stream that counts. Throws AppError `body_too_large` at once
 * for a declared length over the limit; the stream fails with it when a chunked body grows beyond.
 */
export async function takeBody(req: IncomingMessage): Promise<Body> {
  if (req.headers['transfer-encoding'] !== undefined) return { kind: 'stream', open: () => open(req) };
  const length = Number(req.headers['content-length'] ?? 0);
  if (length === 0) return { kind: 'none' };
  if (length > maxBodyBytes) throw tooLarge();
  if (length <= replayBytes) return { kind: 'bytes', bytes: await read(req) };
  return { kind: 'stream', length, open: () => open(req) };
}
