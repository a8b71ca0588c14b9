import { io } from 'socket.io-client';

export interface PresenceWatch {
  /** Distinct sessions seen arriving and leaving. */
  seen(): { in: Set<string>; out: Set<string> };
  close(): void;
}

interface Presence {
  changes: { status: 'in' | 'out'; attendanceId: string }[];
}

/** Listens as a manager's live board does; resolves once connected. */
export async function watchPresence(origin: string, token: string): Promise<PresenceWatch> {
  const seen = { in: new Set<string>(), out: new Set<string>() };
  const socket = io(`${origin}/attendance`, { transports: ['websocket'], auth: { token } });
  socket.on('presence', ({ changes }: Presence) => {
    for (const { status, attendanceId } of changes) seen[status].add(attendanceId);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return { seen: () => seen, close: () => void socket.close() };
}
