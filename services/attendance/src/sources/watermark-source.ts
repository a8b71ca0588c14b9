import type { Source } from './source.ts';

/** Until when the devices of a person’s site have told everything. */
export const watermarkSource: Source<'knownUntilMs'> = async () => new Map();
