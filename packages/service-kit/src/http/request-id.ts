import { randomUUID } from 'node:crypto';

const acceptable = /^[\w.-]{1,64}$/;

/** The caller's request id when it is harmless to log and echo, else a new one. */
export function requestIdOf(given: string | undefined): string {
  return given !== undefined && acceptable.test(given) ? given : randomUUID();
}
