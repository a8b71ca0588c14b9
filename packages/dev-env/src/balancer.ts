import { connect, createServer, type Server, type Socket } from 'node:net';

/** Spreads connections over the processes of one service, past those that do not answer. */
export interface Balancer {
  readonly port: number;
  /** Where to; may change while it runs. */
  targets: number[];
  close(): Promise<void>;
}

/** Listens on `port` of the loopback and hands each connection to the next of `targets`. */
export async function startBalancer(port: number, targets: number[]): Promise<Balancer> {
  const sockets = new Set<Socket>();
  let turn = 0;
  const server: Server = createServer((caller) => {
    keep(caller);
    const order = balancer.targets.map((_, index, all) => all[(turn + index) % all.length]);
    turn++;
    forward(
      caller,
      order.filter((target) => target !== undefined),
    );
  });
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  };
  const forward = (caller: Socket, [target, ...others]: number[]) => {
    if (target === undefined || caller.destroyed) return caller.destroy();
    const callee = connect({ port: target, host: '127.0.0.1' });
    keep(callee);
    callee.once('error', () => forward(caller, others));
    callee.once('connect', () => {
      callee.removeAllListeners('error').on('error', () => caller.destroy());
      caller.once('close', () => callee.destroy());
      callee.once('close', () => caller.destroy());
      caller.pipe(callee).pipe(caller);
    });
  };
  const balancer: Balancer = {
    port,
    targets,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ port, host: '127.0.0.1' }, resolve);
  });
  server.unref();
  return balancer;
}
