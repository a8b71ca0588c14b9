import { AppError } from '@muster/contracts';
import type { ClassCache } from '../../src/class-cache.ts';

/** A cache in the test's hands: it can be away, forget nothing while away, and be made to wait before a put is done. */
export function fakeCache() {
  const values = new Map<string, { value: unknown; ttlSeconds: number }>();
  const state = { away: false, calls: 0 };
  let beforePut: ((key: string) => Promise<void>) | undefined;
  const reach = (): void => {
    state.calls++;
    if (state.away) throw new AppError('unavailable', 'The cache cannot be reached.');
  };
  const cache: ClassCache = {
    async get(key) {
      reach();
      return values.get(key)?.value;
    },
    async put(key, value, ttlSeconds) {
      reach();
      await beforePut?.(key);
      reach();
      values.set(key, { value: JSON.parse(JSON.stringify(value)), ttlSeconds });
    },
    async drop(key) {
      reach();
      values.delete(key);
    },
  };
  return {
    cache,
    values,
    state,
    /** Runs before each put from now on; without one puts are done at once. */
    holdPuts(wait?: (key: string) => Promise<void>) {
      beforePut = wait;
    },
  };
}
