import type { Operation } from '../operation.ts';

/** Operations of rosters: see `operations.ts`. */
export const rostersOperations: Record<string, Operation> = {};
