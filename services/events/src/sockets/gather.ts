/** In a burst one message a tenth of a second is as live as a thousand. */
const gatherMs = 100;
const most = 1000;

/** Gathers news for a moment and hands on at most a thousand at a time, with when the first of them came (Unix milliseconds). */
export function gather<T>(tell: (news: T[], since: number) => void): (news: readonly T[]) => void {
  let waiting: T[] = [];
  let since = 0;
  const flush = (): void => {
    const all = waiting;
    waiting = [];
    for (let from = 0; from < all.length; from += most) tell(all.slice(from, from + most), since);
  };
  return (news) => {
    if (waiting.length === 0) {
      since = Date.now();
      setTimeout(flush, gatherMs).unref();
    }
    for (const one of news) waiting.push(one);
  };
}
