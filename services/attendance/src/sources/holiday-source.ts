import type { Source } from './source.ts';

/** Public holidays and days of the week that are off. */
export const holidaySource: Source<'holidays'> = async () => new Map();
