import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Log } from '../logger.ts';

/** Every open connection of a server; call it before the server listens. */
export function trackSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}

/** Stops accepting, lets requests in flight finish, then closes what is left after `limitMs`. */
export async function finishRequests(
  server: Server,
  sockets: ReadonlySet<Socket>,
  limitMs: number,
  log: Log,
): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((done) => server.close(() => done()));
  const sweep = (): void => {
    // A keep-alive connection becomes idle only when its answer is out; close() looked just once.
    server.closeIdleConnections();
    // Node counts a connection that never sent a byte as busy, and the sidecar keeps such spares open.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  };
  sweep();
  const sweeping = setInterval(sweep, 50);
  const cut = setTimeout(() => {
    log.warn({ limitMs }, 'requests still open: closing their connections');
    server.closeAllConnections();
  }, limitMs);
  await closed;
  clearInterval(sweeping);
  clearTimeout(cut);
}
