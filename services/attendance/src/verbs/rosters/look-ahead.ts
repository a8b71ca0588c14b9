import { withTransaction } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { plusDays } from '../../domain/days/wall-time.ts';
import { storedThrough } from '../../domain/rosters/planned-through.ts';
import { queueHeadcountOfAll } from '../../sql/rosters/headcount-queue.ts';
import { lockHorizon, queueHorizon } from '../../sql/rosters/look-ahead.ts';

/**
 * Once a day: queues the days of tomorrow of everybody who is planned for, so that whoever never comes is absent all the same, and the
 * headcount of every site. What was missed while nobody ran is made up for. Returns the people; 0 when it was done before.
 */
export async function lookAhead({ sql, clock }: Pick<Deps, 'sql' | 'clock'>): Promise<number> {
  const to = storedThrough(clock.now().epochMilliseconds);
  return withTransaction(sql, async (tx) => {
    const through = await lockHorizon(tx);
    if (through >= to) return 0;
    const people = await queueHorizon(tx, plusDays(through, 1), to);
    await queueHeadcountOfAll(tx);
    return people;
  });
}
