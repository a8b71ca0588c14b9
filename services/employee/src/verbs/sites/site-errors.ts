import { AppError } from '@muster/contracts';
import { isUniqueViolation } from '@muster/db';

export const noSuchSite = (): AppError => new AppError('not_found', 'There is no such site.');

/** A unique violation of the sites table in the client's words; any other error as it is. */
export const siteTakenError = (error: unknown): unknown =>
  isUniqueViolation(error, 'sites_name_key')
    ? new AppError('name_taken', 'There is a site of this name already.')
    : error;
