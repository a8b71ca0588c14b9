import type { Problem } from '@muster/contracts';
import type { Notification } from '@muster/contracts/http/events';
import { io, type Socket } from 'socket.io-client';

export interface Client {
  socket: Socket;
  notifications: Notification[];
  counts: number[];
  /** The sequence numbers received, in the order they came. */
  seqs(): number[];
  /** A message and its acknowledgement. */
  ask(name: string, ...args: unknown[]): Promise<unknown>;
  close(): void;
}

const open = new Set<Socket>();

function start(url: string, namespace: string, auth: object, headers: Record<string, string>): Client {
  const socket = io(`${url}${namespace}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth,
    extraHeaders: headers,
  });
  open.add(socket);
  const notifications: Notification[] = [];
  const counts: number[] = [];
  socket.on('notification', (one: Notification) => notifications.push(one));
  socket.on('unreadCount', ({ count }: { count: number }) => counts.push(count));
  return {
    socket,
    notifications,
    counts,
    seqs: () => notifications.map((one) => one.seq),
    ask: (name, ...args) => socket.timeout(10_000).emitWithAck(name, ...args),
    close: () => socket.close(),
  };
}

/** Connects, or rejects with the problem the server gave. */
export async function connect(
  url: string,
  namespace: string,
  auth: object,
  headers: Record<string, string> = {},
): Promise<Client> {
  const client = start(url, namespace, auth, headers);
  await new Promise<void>((resolve, reject) => {
    client.socket.once('connect', resolve);
    client.socket.once('connect_error', (error) => reject((error as { data?: Problem }).data ?? error));
  });
  return client;
}

/** Closes every client of this test file. */
export function closeClients(): void {
  for (const socket of open) socket.close();
  open.clear();
}
