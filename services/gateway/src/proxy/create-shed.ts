import { AppError } from '@muster/contracts';

/** Keeps sign-ins that cannot be served from travelling to auth only to be refused there. */
export interface Shed {
  /** Throws AppError `overloaded` while auth has just said that it has no room. */
  check(path: string): void;
  /** What auth answered. */
  heard(path: string, status: number, retryAfter: unknown): void;
}

// Each of these costs auth a password hash; all of them wait for the same threads.
const hashing: ReadonlySet<string> = new Set(
  ['/api/auth', '/api/accounts'].flatMap((prefix) => [`${prefix}/login`, `${prefix}/register`]),
);
const pathOf = (target: string): string => target.split('?', 1)[0] ?? '';

/**
 * After a 503 to a sign-in the next ones are refused here for `pauseMs`, then one may ask again. A refusal costs the sidecars
 * and auth as much as half a check-in: at 50 sign-ins a second people at the door would wait for them. 0 switches it off.
 */
export function createShed(pauseMs: number, now = () => performance.now()): Shed {
  let until = Number.NEGATIVE_INFINITY;
  let seconds = '1';
  return {
    check(target) {
      if (now() >= until || !hashing.has(pathOf(target))) return;
      throw new AppError('overloaded', 'Too many people are signing in. Try again shortly.', {
        headers: { 'retry-after': seconds },
      });
    },
    heard(target, status, retryAfter) {
      if (status !== 503 || !hashing.has(pathOf(target))) return;
      until = now() + pauseMs;
      seconds = /^\d+$/.test(String(retryAfter)) ? String(retryAfter) : '1';
    },
  };
}
