import { createServer, type Server, type Socket } from 'node:net';
import { join } from './join.ts';

// As long as a developer's process may take to start again after an edit.
const waitMs = 10_000;
// A port-forward that is renewed is no farewell.
const farewellMs = 2_000;

const joined = Symbol('joined');

/** What happens when a developer's machine takes the service over, and when it leaves. */
export interface DoorOptions {
  /** Where the developer's end connects, by port-forward. */
  controlPort: number;
  /** The app's port. */
  port: number;
  host: string;
  /** Frees the app's port. */
  onTaken: () => Promise<void>;
  onLeft: () => void;
  say: (msg: string) => void;
}

/**
 * Waits for spare connections from a developer's machine. While there are any, whoever connects to the app's port (its sidecar
 * above all) is joined with one of them; when the last is gone, the pod's own app comes back.
 */
export async function openDoor(o: DoorOptions): Promise<Server> {
  const connections = new Set<Socket>();
  const spare: Socket[] = [];
  const waiting: Socket[] = [];
  let front: Promise<Server> | undefined;

  const take = async (): Promise<Server> => {
    await o.onTaken();
    o.say('a developer’s machine answers for this service');
    return listen(createServer(receive), o.port, o.host);
  };

  const leave = async (): Promise<void> => {
    const taken = await front;
    if (!taken || connections.size > 0) return;
    front = undefined;
    taken.close();
    for (const client of waiting) client.destroy();
    o.say('the developer’s machine is gone, the pod answers itself');
    o.onLeft();
  };

  const receive = (client: Socket): void => {
    client.on('error', () => {});
    const connection = spare.shift();
    if (connection) {
      join(client, connection);
      return;
    }
    waiting.push(client);
    const timer = setTimeout(() => client.destroy(), waitMs);
    client.once('close', () => remove(waiting, client));
    client.once(joined, () => clearTimeout(timer));
  };

  const control = createServer((connection) => {
    connections.add(connection);
    connection.on('error', () => {});
    // It says nothing before it is asked; reading shows when it goes.
    connection.resume();
    connection.once('close', () => {
      connections.delete(connection);
      remove(spare, connection);
      if (connections.size === 0) setTimeout(() => void leave(), farewellMs);
    });
    front ??= take();
    const next = waiting.shift();
    if (!next) {
      spare.push(connection);
      return;
    }
    next.emit(joined);
    join(next, connection);
  });
  return listen(control, o.controlPort, '127.0.0.1');
}

const listen = (server: Server, port: number, host: string): Promise<Server> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });

function remove<T>(list: T[], item: T): void {
  const at = list.indexOf(item);
  if (at >= 0) list.splice(at, 1);
}
