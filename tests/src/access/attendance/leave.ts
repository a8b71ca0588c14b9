import { v7 as uuid } from 'uuid';
import type { Operation } from '../operation.ts';

const newName = () => `Access ${uuid()}`;
const year = { from: '2026-01-01', to: '2026-12-31' };

/** Operations of holidays and leave: see `operations.ts`. */
export const leaveOperations: Record<string, Operation> = {
  'GET /api/holidays': { needs: 'holidays.read' },
  'POST /api/holidays': { needs: 'holidays.manage', body: () => ({ name: newName() }) },
  'GET /api/holidays/places': { needs: 'holidays.read' },
  'GET /api/holidays/sites/{siteId}': { needs: 'holidays.read', about: 'site with holidays' },
  'PUT /api/holidays/sites/{siteId}/{date}': {
    needs: 'holidays.manage',
    about: 'site with holidays',
    body: { listId: null },
  },
  'DELETE /api/holidays/sites/{siteId}/{date}': { needs: 'holidays.manage', about: 'site with holidays' },
  'GET /api/holidays/{id}': { needs: 'holidays.read', about: 'holiday list' },
  'PATCH /api/holidays/{id}': { needs: 'holidays.manage', about: 'holiday list', body: () => ({ name: newName() }) },
  'DELETE /api/holidays/{id}': { needs: 'holidays.manage', about: 'holiday list' },
  'GET /api/holidays/{id}/days': { needs: 'holidays.read', about: 'holiday list', query: year },
  'PUT /api/holidays/{id}/days/{date}': { needs: 'holidays.manage', about: 'holiday list' },
  'DELETE /api/holidays/{id}/days/{date}': { needs: 'holidays.manage', about: 'holiday list' },
  'POST /api/holidays/{id}/fill': { needs: 'holidays.manage', about: 'holiday list' },
};
