import type { Revocations } from '@muster/contracts/http/auth';
import type { Deps } from '../deps.ts';
import { listRevocations as selectRevocations } from '../sql/list-revocations.ts';
import { findLongestTokenLife } from '../sql/signing-keys.ts';

/** Beyond a token's life: clocks differ and lists travel. */
const marginSeconds = 60;

/** What ended while tokens of it may still be alive, also those of a time when they lived longer. */
export async function listRevocations(deps: Pick<Deps, 'sql' | 'clock' | 'settings'>): Promise<Revocations> {
  const { sql, settings } = deps;
  const now = deps.clock.now();
  const lifeSeconds = Math.max(settings.accessTokenSeconds, (await findLongestTokenLife(sql, now)) ?? 0);
  return selectRevocations(sql, now.subtract({ seconds: lifeSeconds + marginSeconds }));
}
