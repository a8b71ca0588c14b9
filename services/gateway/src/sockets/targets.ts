import { hash } from 'node:crypto';
import { Pool } from 'undici';

/** One `events` process that serves sockets. */
export interface SocketTarget {
  url: URL;
  /** Connections for long polling. */
  pool: Pool;
}

export interface Targets {
  /** All of them, best first. With a key the same process comes first every time, without one they take turns. */
  order(key: string | undefined): SocketTarget[];
  /** This one did not answer: it comes last for a moment. */
  avoid(target: SocketTarget): void;
  close(): Promise<void>;
}

const avoidMs = 2000;
// A long poll may be silent for Socket.IO's whole ping interval (25 s).
const pollTimeoutMs = 60_000;

/** The processes of `events` by URL. Rendezvous hashing: one that comes or goes moves only its own clients. */
export function createTargets(urls: readonly string[]): Targets {
  const targets = urls.map((given): SocketTarget => {
    const url = new URL(given);
    const timeouts = { headersTimeout: pollTimeoutMs, bodyTimeout: pollTimeoutMs, connect: { timeout: 2000 } };
    return { url, pool: new Pool(url.origin, { connections: 1024, ...timeouts }) };
  });
  const avoidedUntil = new Map<SocketTarget, number>();
  let turn = 0;
  const avoided = (target: SocketTarget): number => ((avoidedUntil.get(target) ?? 0) > performance.now() ? 1 : 0);

  return {
    order(key) {
      if (targets.length === 1) return targets;
      turn += 1;
      const rank = (target: SocketTarget, at: number): string =>
        key === undefined
          ? String((at + turn) % targets.length).padStart(4, '0')
          : hash('md5', `${key} ${target.url.origin}`);
      return targets
        .map((target, at) => ({ target, rank: `${avoided(target)}${rank(target, at)}` }))
        .sort((a, b) => (a.rank < b.rank ? -1 : 1))
        .map(({ target }) => target);
    },
    avoid(target) {
      avoidedUntil.set(target, performance.now() + avoidMs);
    },
    async close() {
      await Promise.all(targets.map(({ pool }) => pool.destroy()));
    },
  };
}

/** A session that began by polling lives in one process; a WebSocket from the start may go to any. */
export function stickyKey(url: string, address: string): string | undefined {
  const query = new URLSearchParams(url.split('?', 2)[1] ?? '');
  return query.get('transport') === 'websocket' && !query.has('sid') ? undefined : address;
}
