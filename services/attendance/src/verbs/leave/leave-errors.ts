import { AppError } from '@muster/contracts';
import { isUniqueViolation } from '@muster/db';

export const noSuchLeaveType = (): AppError => new AppError('not_found', 'There is no such leave type.');
export const noSuchLeaveRequest = (): AppError => new AppError('not_found', 'There is no such leave request.');
export const noSuchPerson = (): AppError => new AppError('not_found', 'There is no such person.');

/** A 400 about one field of the body. */
export const refuse = (field: string, message: string): AppError =>
  new AppError('invalid_input', 'This leave cannot be asked for.', { errors: [{ field, message, in: 'body' }] });

export const beyondBalance = (): AppError =>
  new AppError('leave_balance_exceeded', 'There are not enough days left for this.');

const isBelowFloor = (error: unknown): boolean =>
  error instanceof Error && (error as { constraint_name?: unknown }).constraint_name === 'leave_balance_floor';

/** What the database refused in the client's words; any other error as it is. */
export function leaveRefusal(error: unknown): unknown {
  if (isUniqueViolation(error, 'leave_days_once'))
    return new AppError('leave_overlap', 'There is leave on one of these days already.');
  if (isUniqueViolation(error, 'leave_types_name'))
    return new AppError('name_taken', 'There is a leave type of this name already.');
  return isBelowFloor(error) ? beyondBalance() : error;
}
