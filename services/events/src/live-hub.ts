import type { BoardNews } from './domain/board-news.ts';
import type { ClassNews } from './domain/class-news.ts';
import type { PresenceNews } from './domain/presence.ts';

/** What happened after a commit, for whoever is connected. Told without waiting: a socket never holds up an event. */
export interface LiveHub {
  /** These users have new notifications, or read some. */
  feedsChanged(userIds: readonly string[]): void;
  /** People came or left, or went on a break. */
  presenceChanged(news: readonly PresenceNews[]): void;
  /** What boards show of people is no longer true. */
  boardChanged(news: readonly BoardNews[]): void;
  /** Students were marked, or who teaches a class changed. */
  classesChanged(news: readonly ClassNews[]): void;
  /** Sockets attach here once the server listens. */
  attach(listener: Omit<LiveHub, 'attach'>): void;
}

/** A hub that drops everything until somebody attaches. */
export function createLiveHub(): LiveHub {
  let listener: Omit<LiveHub, 'attach'> | undefined;
  return {
    feedsChanged: (userIds) => listener?.feedsChanged(userIds),
    presenceChanged: (news) => listener?.presenceChanged(news),
    boardChanged: (news) => listener?.boardChanged(news),
    classesChanged: (news) => listener?.classesChanged(news),
    attach: (next) => {
      listener = next;
    },
  };
}
