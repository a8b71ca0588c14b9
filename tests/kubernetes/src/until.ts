import { setTimeout as sleep } from 'node:timers/promises';

/** Asks once a second (each time is a kubectl) until there is a value or `true`; what was seen last is in the error. */
export async function until<T>(
  what: string,
  check: () => Promise<T | undefined | false>,
  limitMs = 180_000,
): Promise<T> {
  const deadline = Date.now() + limitMs;
  let last = 'nothing';
  for (;;) {
    try {
      const value = await check();
      if (value !== undefined && value !== false) return value;
    } catch (error) {
      last = String(error);
    }
    if (Date.now() > deadline) throw new Error(`${what}: not within ${limitMs / 1000} s; last: ${last}`);
    await sleep(1000);
  }
}
