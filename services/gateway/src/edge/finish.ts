import type { ServerResponse } from 'node:http';

const lingerMs = 10_000;

/**
 * Ends an answer, also one that is ready before the request was read to its end. Closing at once would then reset the
 * connection and the client might never see the answer, so the rest is read and dropped, for 10 s at most.
 */
export function finish(res: ServerResponse, body?: string): void {
  const { req } = res;
  if (req.complete || req.destroyed) return void res.end(body);
  // Without keep-alive Node closes as soon as the answer ends.
  if (res.shouldKeepAlive) res.end(body);
  else if (body) res.write(body);
  const timer = setTimeout(() => req.socket.destroy(), lingerMs);
  timer.unref();
  req.once('close', () => {
    clearTimeout(timer);
    if (!res.writableEnded) res.end();
  });
  req.resume();
}
