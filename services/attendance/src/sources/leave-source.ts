import type { Source } from './source.ts';

/** Approved leave. */
export const leaveSource: Source<'leave'> = async () => new Map();
