import { setImmediate } from 'node:timers/promises';

/** How long others wait at most, as far as one item is short. */
const turnMs = 5;

/** `flatMap` over many items that lets requests go between: whoever computes for longer keeps everybody else's answers waiting. */
export async function flatMapInTurns<T, R>(items: Iterable<T>, work: (item: T) => readonly R[]): Promise<R[]> {
  const results: R[] = [];
  let since = performance.now();
  for (const item of items) {
    results.push(...work(item));
    if (performance.now() - since < turnMs) continue;
    await setImmediate();
    since = performance.now();
  }
  return results;
}
