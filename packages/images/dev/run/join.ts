import type { Socket } from 'node:net';

/** Joins two connections: what one says the other hears, and both end together. */
export function join(one: Socket, other: Socket): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.pipe(to);
    from.once('close', () => to.destroySoon());
  }
}
