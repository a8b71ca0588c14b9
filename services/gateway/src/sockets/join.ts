import type { Duplex } from 'node:stream';

/** Lets two sockets talk until either is gone; then the other goes too. Backpressure is `pipe`'s. */
export function join(one: Duplex, other: Duplex): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('error', () => undefined);
    from.on('close', () => to.destroy());
    from.pipe(to);
  }
}
