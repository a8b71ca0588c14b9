import { countDeadLetters, outboxBacklog, type RelayStats, type Sql } from '@muster/db';
import { Counter, Gauge, readOnScrape, soleMetric } from '@muster/service-kit';

/** A gauge of what `read` says when somebody scrapes; absent where it cannot be told. */
function gauge(name: string, help: string, read: () => Promise<number | undefined>): void {
  new Gauge({
    name: soleMetric(name),
    help,
    async collect() {
      const value = await read();
      if (value === undefined) this.remove();
      else this.set(value);
    },
  });
}

/** A counter that somebody else counts. */
function counter(name: string, help: string, read: () => number): void {
  new Counter({
    name: soleMetric(name),
    help,
    collect() {
      this.reset();
      this.inc(read());
    },
  });
}

/**
 * The outbox: what waits (of the service: each of its processes tells the same), and what this process published, was
 * refused, and published again.
 */
export function outboxMetrics(sql: Sql, stats: () => RelayStats & { resent: number }): void {
  const backlog = readOnScrape(() => outboxBacklog(sql));
  gauge('muster_outbox_unpublished', 'Events that wait to be published', async () => (await backlog())?.unpublished);
  gauge(
    'muster_outbox_unconfirmed',
    'Published events that not all subscribers are known to have',
    async () => (await backlog())?.unconfirmed,
  );
  gauge('muster_outbox_oldest_seconds', 'Age of the oldest event that waits', async () => (await backlog())?.oldestS);
  counter('muster_outbox_published_total', 'Events the broker took', () => stats().published);
  counter('muster_outbox_refused_total', 'Events the broker refused', () => stats().refused);
  counter('muster_outbox_resent_total', 'Events that did not arrive and were published again', () => stats().resent);
}

/** How many events this service has given up until somebody decides; each of its processes tells the same. */
export function deadLetterMetrics(sql: Sql): void {
  const read = readOnScrape(() => countDeadLetters(sql));
  gauge('muster_dead_letters', 'Parked events that wait for a decision', read);
}
