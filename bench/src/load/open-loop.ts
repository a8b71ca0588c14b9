import type { Connection } from './connection.ts';
import type { Shooting } from './shooting.ts';

/**
 * Fires `rate` shots a second, evenly spaced. One for which no connection is free waits, and its latency has begun all the
 * same: a server that stalls is not spared the requests that came meanwhile.
 */
export function openLoop(shooting: Shooting, connections: readonly Connection[], rate: number): void {
  const startedAt = performance.now();
  const dueAt = (index: number): number => startedAt + (index * 1000) / rate;
  const free = [...connections];
  let next = 0;

  const fireDue = (): void => {
    const now = performance.now();
    while (next < shooting.count && dueAt(next) <= now) {
      const connection = free.pop();
      if (!connection) return;
      const index = next++;
      shooting.fire(connection, index, dueAt(index));
    }
  };
  const tick = (): void => {
    fireDue();
    if (next < shooting.count) setTimeout(tick, 1);
  };
  shooting.onFree = (connection) => {
    free.push(connection);
    fireDue();
  };
  tick();
}
