import type { Operation } from '../operation.ts';

/** Operations of sync: see `operations.ts`. */
export const syncOperations: Record<string, Operation> = {
  'POST /api/attendance/punches/sync': {
    needs: 'punches.sync',
    body: () => ({ sentAt: new Date().toISOString(), punches: [] }),
  },
};
