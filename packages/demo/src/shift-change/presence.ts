import type { BoardChange } from '@muster/contracts';
import { io } from 'socket.io-client';
import { awaitAll } from './await-all.ts';

export interface PresenceWatch {
  /** How many of these sessions were seen arriving, or leaving: waits for all, or until no more have come for `quietMs`. */
  awaitSeen(way: 'in' | 'out', ids: ReadonlySet<string>, quietMs: number): Promise<number>;
  close(): void;
}

interface Presence {
  changes: BoardChange[];
}

/** Listens as a manager's live board does; resolves once connected. */
export async function watchPresence(origin: string, token: string): Promise<PresenceWatch> {
  const seen = { in: new Set<string>(), out: new Set<string>() };
  const socket = io(`${origin}/attendance`, { transports: ['websocket'], auth: { token } });
  socket.on('presence', ({ changes }: Presence) => {
    // Others may take a break meanwhile.
    for (const { status, attendanceId } of changes) if (status !== 'on_break') seen[status].add(attendanceId);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return {
    awaitSeen: (way, ids, quietMs) =>
      awaitAll({
        look: () => seen[way].intersection(ids).size,
        count: (size) => size,
        expected: ids.size,
        quietMs,
        everyMs: 100,
      }),
    close: () => void socket.close(),
  };
}
