import type { Revocations } from '@muster/contracts/http/auth';
import type { Deps } from '../deps.ts';
import { listRevocations as selectRevocations } from '../sql/list-revocations.ts';

/** Beyond a token's life: clocks differ and lists travel. */
const marginSeconds = 60;

/** What ended while tokens of it may still be alive. */
export function listRevocations(deps: Pick<Deps, 'sql' | 'clock' | 'settings'>): Promise<Revocations> {
  const since = deps.clock.now().subtract({ seconds: deps.settings.accessTokenSeconds + marginSeconds });
  return selectRevocations(deps.sql, since);
}
