import type { Db } from '../types.ts';

export interface OutboxBacklog {
  unpublished: number;
  unconfirmed: number;
  /** Age of the oldest unpublished event in seconds; 0 when there is none. */
  oldestS: number;
}

/** How much the outbox still has to send, or to see arrive: for metrics and alerts. */
export async function outboxBacklog(db: Db): Promise<OutboxBacklog> {
  const [row] = await db<OutboxBacklog[]>`
    select
      (select count(*) from outbox where published_at is null) as unpublished,
      (select count(*) from outbox where published_at is not null and confirmed_at is null) as unconfirmed,
      coalesce((
        select extract(epoch from now() - created_at)::float8 from outbox
        where published_at is null order by seq limit 1
      ), 0) as "oldestS"
  `;
  return row ?? { unpublished: 0, unconfirmed: 0, oldestS: 0 };
}
