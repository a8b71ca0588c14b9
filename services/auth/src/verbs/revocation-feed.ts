import type { Revocations } from '@muster/contracts/http/auth';
import type { Deps } from '../deps.ts';
import { listRevocations } from './list-revocations.ts';

/**
 * Keeps this process's verifier up to date from the database. One reading at a time: a slow one that began earlier must
 * not put an older list in a newer one's place.
 */
export function createRevocationFeed(
  deps: Pick<Deps, 'sql' | 'clock' | 'settings' | 'log'>,
  verifier: { revoke(list: Revocations): void },
): Deps['revocations'] {
  let last: Promise<void> = Promise.resolve();
  const read = async (): Promise<void> => {
    try {
      verifier.revoke(await listRevocations(deps));
    } catch (err) {
      deps.log.warn({ err }, 'revocations cannot be read, the last list stands');
    }
  };
  return {
    reload: () => {
      last = last.then(read);
      return last;
    },
  };
}
