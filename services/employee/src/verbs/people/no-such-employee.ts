import { AppError } from '@muster/contracts';

export const noSuchEmployee = (): AppError => new AppError('not_found', 'There is no such employee.');
