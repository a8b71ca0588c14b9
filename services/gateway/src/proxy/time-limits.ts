/** How long an app may take to begin its answer to a path, and between two pieces of it, in ms. */
export type TimeLimits = (path: string) => number;

/** Limits by prefix, the longest one that fits first; `fallbackMs` for everything else. */
export function createTimeLimits(byPrefix: Readonly<Record<string, number>>, fallbackMs: number): TimeLimits {
  const table = Object.entries(byPrefix).sort(([one], [other]) => other.length - one.length);
  const ends = new Set([undefined, '/', '?']);
  return (path) => {
    for (const [prefix, ms] of table) if (path.startsWith(prefix) && ends.has(path[prefix.length])) return ms;
    return fallbackMs;
  };
}
