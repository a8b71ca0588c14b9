import { knownUntil, silentAfterMs } from '../domain/sync/known-until.ts';
import { findWatermarks } from '../sql/sync/watermarks.ts';
import type { Source } from './source.ts';

/** Until when the devices of a person’s site have told everything. */
export const watermarkSource: Source<'knownUntilMs'> = async (db, ranges, nowMs) => {
  const ids = ranges.map(({ employeeId }) => employeeId);
  const marks = await findWatermarks(db, ids, nowMs - silentAfterMs);
  return new Map(
    marks.map(({ employeeId, completeUntil, lagHours }) => [
      employeeId,
      { knownUntilMs: knownUntil(nowMs, completeUntil?.getTime() ?? null, lagHours) },
    ]),
  );
};
