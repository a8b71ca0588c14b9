import type { Operation } from '../operation.ts';

/** Operations of corrections: see `operations.ts`. */
export const correctionsOperations: Record<string, Operation> = {};
