import { AppError } from '@muster/contracts';
import { isUniqueViolation } from '@muster/db';

export const noSuchHolidayList = (): AppError => new AppError('not_found', 'There is no such holiday list.');

/** A unique violation of the lists' names in the client's words; any other error as it is. */
export const holidayListTaken = (error: unknown): unknown =>
  isUniqueViolation(error, 'holiday_lists_name')
    ? new AppError('name_taken', 'There is a holiday list of this name already.')
    : error;
