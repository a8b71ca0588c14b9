import { AppError } from '@muster/contracts';
import { type Sql, settleDeadLetter, takeDeadLetter, withTransaction } from '@muster/db';
import { handlerFor } from './handler-for.ts';
import { parseEvent } from './parse-event.ts';
import type { EventTable } from './types.ts';

/**
 * Runs a parked event through its handler, in process. Gone from the table when that succeeds. Throws `not_found`,
 * `conflict` when it fails again or cannot be read (it stays, with the new reason), or what says that something is away.
 */
export async function retryDeadLetter(o: { handle: EventTable; sql: Sql }, id: string): Promise<void> {
  const failed = await withTransaction(o.sql, async (tx) => {
    const letter = await takeDeadLetter(tx, id);
    if (!letter) throw new AppError('not_found', 'There is no such dead letter, or it is being tried right now.');
    const event = parseEvent(letter.payload);
    const handler = event && handlerFor(o.handle, letter.topic, event.type);
    const reason = !event ? 'It cannot be read.' : handler ? await attempt(() => handler(event)) : 'Nobody handles it.';
    await settleDeadLetter(tx, id, reason === undefined ? {} : { failed: reason });
    return reason;
  });
  if (failed !== undefined) throw new AppError('conflict', `It failed again: ${failed}`);
}

async function attempt(run: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return String(error).slice(0, 500);
  }
}
