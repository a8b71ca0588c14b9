import type { Deps } from '../../deps.ts';
import { datesBetween, plusDays } from '../../domain/days/wall-time.ts';
import { instantsOf, movedInstants, wallKey } from '../../domain/rosters/moved-instants.ts';
import { latestDate } from '../../domain/rosters/planned-through.ts';
import type { ShiftDefinition } from '../../domain/rosters/shift-type-history.ts';
import {
  forgetPlannedInstants,
  keepPlannedInstants,
  listKeptThrough,
  listPlannedInstants,
  listPlannedTimes,
} from '../../sql/rosters/planned-instants.ts';

/** How far ahead instants are kept, in days: a year, and what is planned of the next. */
const daysAhead = 400;
const rowsAtATime = 2000;

/**
 * Keeps when every wall time that somebody may be planned for is, as the time-zone database says it now, and warns of what a newer one
 * moved. Safe beside other processes: whoever kept it first is believed.
 */
export async function keepInstants({ sql, clock, log }: Pick<Deps, 'sql' | 'clock' | 'log'>): Promise<void> {
  const today = plusDays(latestDate(clock.now().epochMilliseconds), -2);
  const through = plusDays(today, daysAhead);
  await forgetPlannedInstants(sql, today);
  const { zones, definitions } = await listPlannedTimes(sql, today);
  const kept = await listKeptThrough(sql, today);
  const missing = wallTimesOf(zones, definitions).flatMap((times) => {
    const known = kept.get(wallKey(times));
    if (known !== undefined && known >= through) return [];
    return datesBetween(known === undefined ? today : plusDays(known, 1), through).flatMap((date) => {
      const instants = instantsOf({ ...times, date });
      return instants ? [{ ...times, date, ...instants }] : [];
    });
  });
  for (let n = 0; n < missing.length; n += rowsAtATime)
    await keepPlannedInstants(sql, missing.slice(n, n + rowsAtATime));
  const moved = movedInstants(await listPlannedInstants(sql, today));
  if (moved.length > 0)
    log.warn({ moved: moved.length, first: moved[0]?.was }, 'a newer time-zone database moves planned shifts');
}

/** Each once: a shift type without a zone of its own may be planned in every zone where somebody is. */
function wallTimesOf(zones: readonly string[], definitions: readonly ShiftDefinition[]) {
  const all = definitions.flatMap(({ zone, start, end }) =>
    (zone === null ? zones : [zone]).map((where) => ({ zone: where, start, end })),
  );
  return [...new Map(all.map((times) => [wallKey(times), times])).values()];
}
