import { Pool } from 'undici';

/** Keep-alive connections for requests that are passed on. `timeoutMs`: until the answer begins, and between its pieces. */
export function createUpstream(origin: string, timeoutMs: number): Pool {
  return new Pool(origin, {
    connections: 512,
    connect: { timeout: 2000 },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    keepAliveTimeout: 30_000,
  });
}
