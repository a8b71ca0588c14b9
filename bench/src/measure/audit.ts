import { setTimeout as sleep } from 'node:timers/promises';
import { outboxBacklog, type Sql } from '@muster/db';
import type { Bench } from '../bench.ts';

/** How many entries there were at an instant (Unix milliseconds). */
export interface AuditSample {
  at: number;
  entries: number;
}

/** How a burst went from commit to audit entry. */
export interface AuditFigures {
  /** From the first request to the last entry. */
  totalSeconds: number;
  /** From the last answer to the last entry. */
  lagSeconds: number;
  /** Entries that were missing when the last answer came. */
  backlog: number;
  /** Entries a second while the backlog drained; NaN when there was none worth measuring. */
  drainPerSecond: number;
  /** Entries a second from the first request to the last entry. */
  perSecond: number;
}

export interface AuditWatch {
  /** Resolves when `count` entries came since the start; throws when nothing came for a minute. */
  until(count: number): Promise<AuditSample[]>;
}

const everyMs = 100;
const patienceMs = 60_000;

const countEntries = async (events: Sql): Promise<number> => {
  const [row] = await events<{ total: number }[]>`
    select total from audit_counts where event_type = 'attendance.checked-in'`;
  return row?.total ?? 0;
};

/** Looks ten times a second at the running total that `events` keeps: one row, cheap for both. */
export async function watchAudit({ events, attendance }: Pick<Bench, 'events' | 'attendance'>): Promise<AuditWatch> {
  const before = await countEntries(events);
  const samples: AuditSample[] = [];
  const look = async (): Promise<AuditSample> => {
    const sample = { entries: (await countEntries(events)) - before, at: Date.now() };
    samples.push(sample);
    return sample;
  };
  const timer = setInterval(() => void look().catch(() => {}), everyMs);
  return {
    async until(count) {
      let best = { entries: -1, at: Date.now() };
      for (;;) {
        const sample = await look();
        if (sample.entries > best.entries) best = sample;
        if (best.entries >= count) break;
        if (sample.at - best.at > patienceMs) {
          const backlog = JSON.stringify(await outboxBacklog(attendance));
          throw new Error(`only ${best.entries} of ${count} events were audited; outbox: ${backlog}`);
        }
        await sleep(everyMs);
      }
      clearInterval(timer);
      return samples;
    },
  };
}

/** Sums up what a watch saw of a burst of `count` that began and ended at these instants. */
export function auditFigures(
  samples: readonly AuditSample[],
  count: number,
  { startedAt, endedAt }: { startedAt: number; endedAt: number },
): AuditFigures {
  const sorted = samples.toSorted((a, b) => a.at - b.at);
  const lastAt = sorted.find(({ entries }) => entries >= count)?.at ?? Number.NaN;
  const atEnd = sorted.findLast(({ at }) => at <= endedAt)?.entries ?? 0;
  const backlog = Math.max(0, count - atEnd);
  const lagSeconds = Math.max(0, lastAt - endedAt) / 1000;
  return {
    totalSeconds: (lastAt - startedAt) / 1000,
    lagSeconds,
    backlog,
    drainPerSecond: lagSeconds >= 0.5 ? backlog / lagSeconds : Number.NaN,
    perSecond: (count * 1000) / (lastAt - startedAt),
  };
}
