import type { Operation } from '../operation.ts';

/** Operations of timesheets: see `operations.ts`. */
export const timesheetsOperations: Record<string, Operation> = {};
