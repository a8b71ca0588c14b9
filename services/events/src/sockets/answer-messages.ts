import { AppError } from '@muster/contracts';
import type { Log } from '@muster/db';
import type { Actor } from '@muster/identity';
import { socketProblem } from './socket-problem.ts';
import type { MusterSocket } from './types.ts';

/** Handles one kind of message; what it returns goes into the acknowledgement. */
export type MessageHandler = (actor: Actor, payload: unknown) => Promise<unknown>;

/** More messages than this under way on one socket are refused: a client waits for its answers. */
const maxUnderWay = 20;

/**
 * Answers the messages of a socket by a table. The acknowledgement gets the handler's result, or the problem object;
 * so does a message that is in no table. Without an acknowledgement the work is done all the same.
 */
export function answerMessages(socket: MusterSocket, table: Readonly<Record<string, MessageHandler>>, log: Log): void {
  let underWay = 0;

  async function handle(name: string, payloads: unknown[]): Promise<unknown> {
    if (underWay >= maxUnderWay) throw new AppError('rate_limited', 'Wait for the answers to earlier messages.');
    const handler = Object.hasOwn(table, name) ? table[name] : undefined;
    if (handler === undefined) throw new AppError('not_found', 'There is no such message here.');
    if (payloads.length > 1) throw new AppError('invalid_input', 'A message carries one payload at most.');
    underWay++;
    try {
      return await handler(socket.data.actor, payloads[0]);
    } finally {
      underWay--;
    }
  }

  socket.onAny((name: string, ...args: unknown[]) => {
    const last = args.at(-1);
    const asked = typeof last === 'function';
    const acknowledge = asked ? (last as (answer: unknown) => void) : () => {};
    handle(name, asked ? args.slice(0, -1) : args).then(acknowledge, (thrown) =>
      acknowledge(socketProblem(thrown, log)),
    );
  });
}
