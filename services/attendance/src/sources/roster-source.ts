import type { Source } from './source.ts';

/** Shifts: assignments, rotations, default shifts. */
export const rosterSource: Source<'shifts'> = async () => new Map();
