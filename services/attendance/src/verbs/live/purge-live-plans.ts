import { withTransaction } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { plusDays } from '../../domain/days/wall-time.ts';
import { isoInstant } from '../../domain/instant.ts';
import { deleteLivePlansBefore } from '../../sql/live/save-live-plans.ts';

/** Forgets the plans of days that are over everywhere. Returns how many. */
export const purgeLivePlans = ({ sql, clock }: Pick<Deps, 'sql' | 'clock'>): Promise<number> =>
  withTransaction(sql, (tx) =>
    deleteLivePlansBefore(tx, plusDays(isoInstant(clock.now().epochMilliseconds).slice(0, 10), -3)),
  );
