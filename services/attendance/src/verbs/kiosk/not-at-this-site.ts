import { AppError } from '@muster/contracts';

/** The one answer for whoever is unknown, deleted, or of another site. */
export const notAtThisSite = (): AppError => new AppError('not_found', 'Nobody of this site is known by that.');
