import { setTimeout as sleep } from 'node:timers/promises';

/** A check-out that a job writes may take a minute or two. */
const quietMs = 150_000;

/** Days follow their facts within moments: looks until nothing is wrong, or until what is wrong has stayed the same for a while. */
export async function untilSame<T extends { faults: string[] }>(look: () => Promise<T>): Promise<T> {
  let last = '';
  for (let since = Date.now(); ; await sleep(500)) {
    const seen = await look();
    if (seen.faults.length === 0) return seen;
    const now = seen.faults.join('\n');
    if (now !== last) since = Date.now();
    else if (Date.now() - since > quietMs) return seen;
    last = now;
  }
}
