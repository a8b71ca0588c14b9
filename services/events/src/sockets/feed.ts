import type { Log } from '@muster/db';
import type { Missed } from '../verbs/read-feeds.ts';

/** The receiving end of a feed: one connected socket. */
export interface FeedSocket {
  emit(event: string, ...args: unknown[]): unknown;
}

interface Listener {
  socket: FeedSocket;
  /** Everything up to this sequence number was sent. */
  cursor: number;
  unread: number | undefined;
}

export interface FeedOptions {
  read(after: ReadonlyMap<string, number>, limit: number): Promise<{ missed: Missed[]; unread: Map<string, number> }>;
  lastSequences(userIds: readonly string[]): Promise<Map<string, number>>;
  log: Log;
}

const usersPerRound = 100;
const rowsPerUser = 200;

/**
 * Sends every socket its notifications in order, without gaps or repetitions, whatever order the news of them arrives in:
 * news only wakes the feed, what is sent is read from Postgres behind each socket's own cursor. Replay after a
 * reconnect, live messages and catching up after an outage of Redis are thus the same thing.
 */
export class Feed {
  readonly #options: FeedOptions;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #dirty = new Set<string>();
  #running: Promise<void> | undefined;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  /** Starts with what comes after `cursor`. Returns how to leave. */
  join(userId: string, socket: FeedSocket, cursor: number): () => void {
    const listener: Listener = { socket, cursor, unread: undefined };
    const all = this.#listeners.get(userId) ?? new Set();
    this.#listeners.set(userId, all.add(listener));
    this.wake([userId]);
    return () => {
      all.delete(listener);
      if (all.size === 0 && this.#listeners.get(userId) === all) this.#listeners.delete(userId);
    };
  }

  /** Something changed for these users. Those who are not connected here cost nothing. */
  wake(userIds: readonly string[]): void {
    for (const userId of userIds) if (this.#listeners.has(userId)) this.#dirty.add(userId);
    if (this.#dirty.size > 0) this.#running ??= this.#run().finally(this.#rest);
  }

  /** Wakes whoever is behind: for news that never came because Redis was away or a process died. */
  async sweep(): Promise<void> {
    const connected = [...this.#listeners.keys()];
    if (connected.length === 0) return;
    try {
      const last = await this.#options.lastSequences(connected);
      this.wake([...this.#dirty, ...connected.filter((userId) => this.#lowest(userId) < (last.get(userId) ?? 0))]);
    } catch (err) {
      this.#options.log.warn({ err }, 'notifications of connected users cannot be looked up just now');
    }
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  readonly #rest = (): void => {
    this.#running = undefined;
  };

  async #run(): Promise<void> {
    while (this.#dirty.size > 0) {
      const users = [...this.#dirty].slice(0, usersPerRound);
      for (const userId of users) this.#dirty.delete(userId);
      const after = new Map(users.filter((id) => this.#listeners.has(id)).map((id) => [id, this.#lowest(id)]));
      if (after.size === 0) continue;
      try {
        this.#send(after, await this.#options.read(after, rowsPerUser));
      } catch (err) {
        // The next sweep, or the next news, tries again.
        for (const userId of users) this.#dirty.add(userId);
        this.#options.log.warn({ err }, 'notifications cannot be read just now');
        return;
      }
    }
  }

  #send(after: ReadonlyMap<string, number>, { missed, unread }: Awaited<ReturnType<FeedOptions['read']>>): void {
    const rows = Map.groupBy(missed, (one) => one.userId);
    for (const [userId, start] of after) {
      const own = rows.get(userId) ?? [];
      for (const listener of this.#listeners.get(userId) ?? []) {
        // It joined while we read, from further back: its turn comes in the next round.
        if (listener.cursor < start) continue;
        for (const { live, notification } of own) {
          if (notification.seq <= listener.cursor) continue;
          listener.cursor = notification.seq;
          if (live) listener.socket.emit('notification', notification);
        }
        const count = unread.get(userId) ?? 0;
        if (own.length < rowsPerUser && listener.unread !== count) {
          listener.unread = count;
          listener.socket.emit('unreadCount', { count });
        }
      }
      if (own.length >= rowsPerUser) this.#dirty.add(userId);
    }
  }

  #lowest(userId: string): number {
    let lowest = Number.POSITIVE_INFINITY;
    for (const { cursor } of this.#listeners.get(userId) ?? []) lowest = Math.min(lowest, cursor);
    return lowest;
  }
}
