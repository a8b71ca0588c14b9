import type { Operation } from '../operation.ts';

/** Operations of leave: see `operations.ts`. */
export const leaveOperations: Record<string, Operation> = {};
