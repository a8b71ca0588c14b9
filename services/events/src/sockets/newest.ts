/**
 * Tells news from what is older than what was told before: events come in any order. Remembers the `most` things that changed
 * last; what is beyond is taken for news.
 */
export function createNewest(most = 10_000): (thing: string, version: number) => boolean {
  const versions = new Map<string, number>();
  return (thing, version) => {
    if (version <= (versions.get(thing) ?? -1)) return false;
    versions.delete(thing);
    versions.set(thing, version);
    const [oldest] = versions.keys();
    if (versions.size > most && oldest !== undefined) versions.delete(oldest);
    return true;
  };
}
