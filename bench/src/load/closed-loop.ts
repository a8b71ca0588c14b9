import type { Connection } from './connection.ts';
import type { Shooting } from './shooting.ts';

/** Every connection sends as soon as it was answered, until all shots are fired. */
export function closedLoop(shooting: Shooting, connections: readonly Connection[]): void {
  let next = 0;
  const fire = (connection: Connection): void => {
    if (next < shooting.count) shooting.fire(connection, next++, performance.now());
  };
  shooting.onFree = fire;
  for (const connection of connections) fire(connection);
}
