import type { Operation } from '../operation.ts';

/** Operations of sync: see `operations.ts`. */
export const syncOperations: Record<string, Operation> = {};
