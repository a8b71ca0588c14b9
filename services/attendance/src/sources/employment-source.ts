import { lastDayOf } from '../domain/leave/last-day.ts';
import { findEmployment } from '../sql/leave/find-employment.ts';
import type { Source } from './source.ts';

/** When somebody joined, and the day at their site on which they were deleted. */
export const employmentSource: Source<'joinedOn' | 'leftOn'> = async (db, ranges) => {
  const employments = await findEmployment(
    db,
    ranges.map(({ employeeId }) => employeeId),
  );
  return new Map(
    [...employments].map(([id, employment]) => [id, { joinedOn: employment.hiredOn, leftOn: lastDayOf(employment) }]),
  );
};
