import type { Log } from '@muster/db';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { createClient } from 'redis';

type Client = ReturnType<typeof createClient>;

export interface RedisLink {
  adapter: ReturnType<typeof createAdapter>;
  /** True while other processes can be told something. */
  ready(): boolean;
  close(): void;
}

const backoff = (retries: number): number => Math.min(50 * 2 ** retries, 1000) * (0.5 + Math.random() / 2);

/**
 * A client that waits out every outage. The adapter leaves the promises of `publish` and `subscribe` to themselves: with
 * Redis away each would be an unhandled rejection, which ends the process.
 */
function patientClient(url: string, log: Log): Client {
  const client = createClient({
    url,
    pingInterval: 5000,
    // Above the adapter's blocking reads: a Redis that hangs is treated like one that is gone.
    socket: { reconnectStrategy: backoff, connectTimeout: 5000, socketTimeout: 15_000 },
    // A queue without an end would be a leak while Redis hangs; what is refused is found by the sweep.
    commandsQueueMaxLength: 5000,
  });
  const ignore = (err: unknown): void => log.debug({ err }, 'redis command of the socket adapter failed');
  const publish = client.publish.bind(client);
  const subscribe = client.subscribe.bind(client);
  Object.assign(client, {
    duplicate: () => patientClient(url, log),
    publish: (...args: Parameters<typeof publish>) => publish(...args).catch(ignore),
    subscribe: (...args: Parameters<typeof subscribe>) => subscribe(...args).catch(ignore),
  });
  return client;
}

/**
 * Connects the processes of this service through Redis. Never waits for it and never fails: without Redis each process
 * serves its own sockets, and the connection comes back by itself.
 */
export function connectRedis(url: string, log: Log): RedisLink {
  const client = patientClient(url, log);
  let away = false;
  client.on('error', (err) => {
    if (!away) log.warn({ err }, 'redis is away: sockets of other processes learn of news by their sweep');
    away = true;
  });
  client.on('ready', () => {
    if (away) log.info({}, 'redis is back');
    away = false;
  });
  client.connect().catch((err) => log.debug({ err }, 'redis connection was given up'));
  return {
    adapter: createAdapter(client, { streamName: 'muster:sockets', channelPrefix: 'muster:sockets', maxLen: 10_000 }),
    ready: () => client.isReady,
    close: () => client.destroy(),
  };
}
