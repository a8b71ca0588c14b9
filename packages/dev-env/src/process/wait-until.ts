import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks `probe` again and again, quickly at first, until it says yes. A probe that throws says no.
 * Throws `what` was waited for after `limitMs`; stops silently (false) when `signal` aborts.
 */
export async function waitUntil(
  what: string,
  probe: () => Promise<boolean> | boolean,
  limitMs: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  for (let pauseMs = 20; !signal?.aborted; pauseMs = Math.min(pauseMs * 1.3, 80)) {
    if (
      await Promise.resolve()
        .then(probe)
        .catch(() => false)
    )
      return true;
    if (performance.now() > deadline) throw new Error(`${what} was not ready within ${Math.round(limitMs / 1000)} s`);
    await sleep(pauseMs);
  }
  return false;
}

/** True when the address answers HTTP with one of these codes (any 2xx when none is named). */
export async function answers(url: string, codes: readonly number[] = []): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000), redirect: 'manual' });
  await response.body?.cancel();
  return codes.length > 0 ? codes.includes(response.status) : response.ok;
}
