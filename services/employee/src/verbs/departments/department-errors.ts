import { AppError } from '@muster/contracts';
import { isUniqueViolation } from '@muster/db';

export const noSuchDepartment = (): AppError => new AppError('not_found', 'There is no such department.');

/** A unique violation of the departments table in the client's words; any other error as it is. */
export const departmentTakenError = (error: unknown): unknown =>
  isUniqueViolation(error, 'departments_name_key')
    ? new AppError('name_taken', 'There is a department of this name already.')
    : error;
