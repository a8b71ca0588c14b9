// The load generator: a process of its own, so that what it costs can be told from what it measures.
import { closedLoop } from './closed-loop.ts';
import { openConnection } from './connection.ts';
import { openLoop } from './open-loop.ts';
import type { FromGenerator, Order, ToGenerator } from './order.ts';
import { renderAll, type Shooting, startShooting } from './shooting.ts';

const tell = (message: FromGenerator): void => void process.send?.(message);

async function prepare(order: Order): Promise<() => Promise<void>> {
  let shooting: Shooting | undefined;
  const origin = new URL(order.origin);
  const connections = await Promise.all(
    Array.from({ length: order.connections }, () =>
      openConnection(origin, (connection, answer) => shooting?.answered(connection, answer)),
    ),
  );
  const rendered = renderAll(order);
  return async () => {
    shooting = startShooting(order, rendered);
    if (order.rate === undefined) closedLoop(shooting, connections);
    else openLoop(shooting, connections, order.rate);
    const outcome = await shooting.done;
    for (const connection of connections) connection.close();
    tell({ kind: 'done', outcome });
  };
}

let run: (() => Promise<void>) | undefined;
process.on('message', async (message: ToGenerator) => {
  if (message.kind === 'prepare') {
    run = await prepare(message.order);
    tell({ kind: 'ready' });
  } else await run?.();
});
process.on('disconnect', () => process.exit());
