import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * The answer is out before the request was read to its end. Closing at once would reset the connection and the client
 * might never see the answer, so the rest is read and dropped, but not for longer than `limitMs`.
 */
export function linger(req: IncomingMessage, res: ServerResponse, limitMs = 10_000): void {
  if (req.destroyed || req.complete) return;
  const timer = setTimeout(() => req.socket.destroy(), limitMs);
  timer.unref();
  req.once('close', () => clearTimeout(timer));
  req.once('end', () => clearTimeout(timer));
  req.on('error', () => undefined);
  if (res.writableEnded) req.resume();
}
