import type { Actor } from '@muster/identity';
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { BoardNews } from '../domain/board-news.ts';
import type { ClassNews } from '../domain/class-news.ts';
import type { PresenceNews } from '../domain/presence.ts';

/** What a connected socket is known by: set by the server from the token alone. */
export interface SocketData {
  actor: Actor;
  token: string;
  /** `/notifications`: the sequence number from which this socket still has to be told. */
  startAfter: number;
}

/** Messages between processes of this service. */
export interface BetweenServers {
  feedsChanged: (userIds: string[]) => void;
  presenceChanged: (news: PresenceNews[]) => void;
  boardChanged: (news: BoardNews[]) => void;
  classesChanged: (news: ClassNews[]) => void;
}

export type MusterSocket = Socket<DefaultEventsMap, DefaultEventsMap, BetweenServers, SocketData>;
export type MusterNamespace = Namespace<DefaultEventsMap, DefaultEventsMap, BetweenServers, SocketData>;
