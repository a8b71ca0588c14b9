import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Looks until as many as expected have come, or until nothing new has for `quietMs`: then what is missing is missing. Resolves to
 * the last look.
 */
export async function awaitAll<T>(o: {
  look: () => T | Promise<T>;
  count: (seen: T) => number;
  expected: number;
  quietMs: number;
  everyMs: number;
}): Promise<T> {
  let most = -1;
  let lastNews = Date.now();
  for (;;) {
    const seen = await o.look();
    const count = o.count(seen);
    if (count > most) {
      most = count;
      lastNews = Date.now();
    }
    if (count >= o.expected || Date.now() - lastNews > o.quietMs) return seen;
    await sleep(o.everyMs);
  }
}
