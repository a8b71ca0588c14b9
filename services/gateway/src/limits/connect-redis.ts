import type { Log } from '@muster/service-kit';
import { createClient } from 'redis';
import { limitMetrics } from '../metrics.ts';

export interface RedisLink {
  client: ReturnType<typeof createClient>;
  /** True while counting there is worth a try. */
  ready(): boolean;
  /** A call failed or took too long: nobody asks again for a moment. */
  rest(): void;
  close(): void;
}

const restMs = 1000;
const backoff = (retries: number): number => Math.min(50 * 2 ** retries, 2000) * (0.5 + Math.random() / 2);

/**
 * The Redis in which the gateways count together. Never waits for it and never fails: while it is away nothing is queued,
 * `ready` says no, and the connection comes back by itself.
 */
export function connectRedis(url: string, log: Log): RedisLink {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    // A Redis that hangs is treated like one that is gone: no ping answered means a new connection.
    pingInterval: 1000,
    socket: { reconnectStrategy: backoff, connectTimeout: 2000, socketTimeout: 3000 },
  });
  let away = false;
  let restUntil = 0;
  client.on('error', (err) => {
    if (!away) log.warn({ err }, 'redis is away: every gateway counts for itself');
    away = true;
  });
  client.on('ready', () => {
    if (away) log.info({}, 'redis is back: gateways count together');
    away = false;
  });
  client.connect().catch((err) => log.debug({ err }, 'redis connection was given up'));
  const ready = (): boolean => client.isReady && performance.now() >= restUntil;
  limitMetrics(ready);
  return {
    client,
    ready,
    rest() {
      restUntil = performance.now() + restMs;
    },
    close: () => client.destroy(),
  };
}
