import { AppError } from '@muster/contracts';
import { isUniqueViolation } from '@muster/db';

/** A unique violation of the people table in the client's words; any other error as it is. */
export function takenError(error: unknown): unknown {
  if (isUniqueViolation(error, 'people_email')) {
    return new AppError('email_taken', 'Somebody with this e-mail address exists already.');
  }
  if (isUniqueViolation(error, 'people_work_id')) {
    return new AppError('work_id_taken', 'Somebody with this work id exists already.');
  }
  if (isUniqueViolation(error, 'people_creation_key')) {
    const detail = 'The same request is being carried out just now.';
    return new AppError('request_in_progress', detail, { headers: { 'Retry-After': '2' } });
  }
  return error;
}
