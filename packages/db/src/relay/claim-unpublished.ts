import type { EventEnvelope } from '@muster/contracts';
import type { Tx } from '../types.ts';

export interface UnpublishedRow {
  id: string;
  topic: string;
  payload: EventEnvelope;
}

/** Locks the oldest events that wait to be published, until the transaction ends; skips those another process holds. */
export function claimUnpublished(tx: Tx, limit: number): Promise<UnpublishedRow[]> {
  return tx<UnpublishedRow[]>`
    select id, topic, payload from outbox
    where published_at is null and (next_check_at is null or next_check_at <= now())
    order by seq
    limit ${limit}
    for update skip locked
  `;
}
