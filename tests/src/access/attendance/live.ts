import type { Operation } from '../operation.ts';

/** Operations of live: see `operations.ts`. */
export const liveOperations: Record<string, Operation> = {
  'GET /api/attendance/live': { needs: 'live.read', query: ({ cast: { siteId } }) => ({ siteId }) },
};
