import type { Source } from './source.ts';

/** When somebody joined and left. */
export const employmentSource: Source<'joinedOn' | 'leftOn'> = async () => new Map();
