const limitMs = 1000;

/**
 * Reads what a scrape shows, once for all who ask within `keepMs`. Undefined where it fails or takes over a second: a scrape
 * must come through, above all while something is away.
 */
export function readOnScrape<T>(read: () => Promise<T>, keepMs = 5000): () => Promise<T | undefined> {
  let reading: Promise<T | undefined> | undefined;
  let until = 0;
  return () => {
    const now = performance.now();
    if (reading && now < until) return reading;
    until = now + keepMs;
    const { promise: late, resolve } = Promise.withResolvers<undefined>();
    const timer = setTimeout(resolve, limitMs, undefined);
    reading = Promise.race([read().catch(() => undefined), late]).finally(() => clearTimeout(timer));
    return reading;
  };
}
