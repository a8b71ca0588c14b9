import type { Tx } from '../types.ts';

export interface UnconfirmedRow {
  id: string;
  topic: string;
  publishedAt: Date;
}

/** Published events whose arrival is due to be checked, the longest due first. */
export function findUnconfirmed(tx: Tx, limit: number): Promise<UnconfirmedRow[]> {
  return tx<UnconfirmedRow[]>`
    select id, topic, published_at as "publishedAt" from outbox
    where published_at is not null and confirmed_at is null and next_check_at <= now()
    order by next_check_at
    limit ${limit}
  `;
}
