import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until `check` is true (or returns a value); gives up after the safety net with what was seen last. */
export async function eventually<T>(
  what: string,
  check: () => Promise<T | undefined | false | null>,
  safetyNetMs = 90_000,
): Promise<T> {
  const deadline = Date.now() + safetyNetMs;
  let last: unknown;
  for (;;) {
    try {
      const value = await check();
      if (value !== undefined && value !== false && value !== null) return value;
      last = value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) throw new Error(`${what}: not within ${safetyNetMs} ms; last: ${String(last)}`);
    await sleep(100);
  }
}
