import type { Server as HttpServer } from 'node:http';
import { AppError } from '@muster/contracts';
import type { Verifier } from '@muster/identity';
import { Server } from 'socket.io';
import type { Deps } from '../deps.ts';
import { lastSequences, readFeeds } from '../verbs/read-feeds.ts';
import { servePresence } from './attendance.ts';
import { serveClasses } from './classes.ts';
import { Feed } from './feed.ts';
import { serveNotifications } from './notifications.ts';
import { recheckTokens } from './recheck-tokens.ts';
import { connectRedis } from './redis.ts';
import { socketProblem } from './socket-problem.ts';
import type { BetweenServers, MusterNamespace, SocketData } from './types.ts';

export interface SocketOptions {
  server: HttpServer;
  deps: Deps;
  verifier: Verifier;
  /** Without it this process serves only its own sockets. */
  redisUrl?: string | undefined;
  /** How often those who missed news are looked for, and tokens checked again. Default 5 s. */
  sweepMs?: number;
}

export interface Sockets {
  /** Closes every socket of this process, whose clients come back elsewhere, and takes no more. Not the HTTP server. */
  close(): void;
  /** Stops the sweeps and the Redis connection. */
  stop(): Promise<void>;
}

/** Serves Socket.IO at /socket.io on a running server, and attaches it to what verbs tell after their commits. */
export function attachSockets({ server, deps, verifier, redisUrl, sweepMs = 5000 }: SocketOptions): Sockets {
  const redis = redisUrl === undefined ? undefined : connectRedis(redisUrl, deps.log);
  const reachable = (): boolean => redis?.ready() ?? false;
  const io = new Server<never, never, BetweenServers, SocketData>(server, {
    path: '/socket.io',
    serveClient: false,
    // Long polling would need every request of a client to meet the same process.
    transports: ['websocket'],
    maxHttpBufferSize: 64 * 1024,
    ...(redis && { adapter: redis.adapter }),
  });
  // Nobody has business in the root namespace.
  io.use((_socket, next) => {
    const data = socketProblem(new AppError('not_found', 'Connect to /notifications or /attendance.'), deps.log);
    next(Object.assign(new Error(data.code), { data }));
  });

  const notifications = io.of('/notifications') as unknown as MusterNamespace;
  const attendance = io.of('/attendance') as unknown as MusterNamespace;
  const feed = new Feed({
    read: (after, limit) => readFeeds(deps, after, limit),
    lastSequences: (userIds) => lastSequences(deps, userIds),
    log: deps.log,
  });
  serveNotifications(notifications, deps, verifier, feed);
  const classes = serveClasses(attendance, deps, reachable);
  const presence = servePresence({ namespace: attendance, deps, verifier, reachable, messagesOf: classes.messagesOf });
  deps.live.attach({
    feedsChanged(userIds) {
      feed.wake(userIds);
      if (reachable()) notifications.serverSideEmit('feedsChanged', [...userIds]);
    },
    presenceChanged: presence.presenceChanged,
    boardChanged: presence.boardChanged,
    classesChanged: classes.announce,
  });

  const sweep = setInterval(() => void feed.sweep(), sweepMs);
  const recheck = recheckTokens({ namespaces: [notifications, attendance], verifier, log: deps.log, everyMs: sweepMs });
  return {
    close() {
      // Only the connections: a client that is sent a disconnect packet does not come back by itself.
      io.engine.close();
    },
    async stop() {
      clearInterval(sweep);
      await recheck.stop();
      await feed.idle();
      redis?.close();
    },
  };
}
