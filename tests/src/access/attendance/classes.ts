import type { Operation } from '../operation.ts';

/** Operations of classes: see `operations.ts`. */
export const classesOperations: Record<string, Operation> = {};
