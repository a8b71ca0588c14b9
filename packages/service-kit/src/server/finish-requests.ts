import type { Server } from 'node:http';
import type { Log } from '../logger.ts';

/** Stops accepting, lets requests in flight finish, then closes what is left after `limitMs`. */
export async function finishRequests(server: Server, limitMs: number, log: Log): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((done) => server.close(() => done()));
  // A keep-alive connection becomes idle only when its answer is out; close() looked just once.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => {
    log.warn({ limitMs }, 'requests still open: closing their connections');
    server.closeAllConnections();
  }, limitMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}
