import type { EventEnvelope } from '@muster/contracts';
import { withTransaction } from '../transaction.ts';
import type { Log, Sql } from '../types.ts';
import { claimUnpublished, type UnpublishedRow } from './claim-unpublished.ts';
import { markPublished } from './mark-published.ts';
import { postpone } from './postpone.ts';
import type { PublishBatch } from './publish-batch.ts';

export interface Round {
  /** Rows that were claimed. */
  claimed: number;
  published: number;
  refused: number;
  /** What `publish` threw for an event on its own; larger batches let it through. */
  error?: unknown;
}

export interface RoundOptions {
  sql: Sql;
  publish: PublishBatch;
  log: Log;
  limit: number;
  checkAfterS: readonly number[];
}

// A refused event is mended by people, one that met an outage by time: it must not wait long after the broker is back.
const refusedMostS = 60;
const unsentMostS = 2;

/**
 * Claims a batch, publishes it topic by topic and marks what the broker took, while the rows stay locked: a crash in
 * between frees them, and they are published again. Throws, leaving the rows as they were, when the broker is away.
 */
export function publishOnce({ sql, publish, log, limit, checkAfterS }: RoundOptions): Promise<Round> {
  return withTransaction(sql, async (tx) => {
    const rows = await claimUnpublished(tx, limit);
    const [first] = rows;
    if (first === undefined) return { claimed: 0, published: 0, refused: 0 };
    const failed = new Map<string, string>();
    try {
      for (const [topic, envelopes] of byTopic(rows)) {
        for (const [id, reason] of (await publish(topic, envelopes)).failed) failed.set(id, reason);
      }
    } catch (error) {
      if (rows.length > 1) throw error;
      // It may be the event that is at fault: let the others pass before it is tried again.
      await postpone(tx, [first.id], unsentMostS);
      return { claimed: 1, published: 0, refused: 0, error };
    }
    const refused = rows.filter(({ id }) => failed.has(id)).map(({ id }) => id);
    const taken = rows.filter(({ id }) => !failed.has(id)).map(({ id }) => id);
    for (const id of refused) log.warn({ eventId: id, reason: failed.get(id) }, 'the broker refused an event');
    await markPublished(tx, taken, checkAfterS);
    await postpone(tx, refused, refusedMostS);
    return { claimed: rows.length, published: taken.length, refused: refused.length };
  });
}

function byTopic(rows: readonly UnpublishedRow[]): Map<string, EventEnvelope[]> {
  const topics = new Map<string, EventEnvelope[]>();
  for (const { topic, payload } of rows) {
    const envelopes = topics.get(topic);
    if (envelopes === undefined) topics.set(topic, [payload]);
    else envelopes.push(payload);
  }
  return topics;
}
