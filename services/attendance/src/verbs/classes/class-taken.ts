import { AppError } from '@muster/contracts';
import { isUniqueViolation } from '@muster/db';

/** A unique violation of the classes table in the client's words; any other error as it is. */
export const classTaken = (error: unknown): unknown =>
  isUniqueViolation(error, 'classes_name_key')
    ? new AppError('name_taken', 'There is a class of this name at this site already.')
    : error;
