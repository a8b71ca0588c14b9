import { plusDays } from '../days/wall-time.ts';

// As the trigger queues them: the reach of a fact, and a day for the zone.
const reachDays = 6;

/** Ranges of dates (UTC's calendar) within which facts at these instants (Unix milliseconds) can change a day; apart from each other. */
export function dateClusters(instantsMs: readonly number[]): { from: string; to: string }[] {
  const clusters: { from: string; to: string }[] = [];
  for (const atMs of [...instantsMs].sort((a, b) => a - b)) {
    const date = Temporal.Instant.fromEpochMilliseconds(atMs).toString().slice(0, 10);
    const range = { from: plusDays(date, -reachDays), to: plusDays(date, reachDays) };
    const last = clusters.at(-1);
    if (last && range.from <= plusDays(last.to, 1)) last.to = range.to;
    else clusters.push(range);
  }
  return clusters;
}
