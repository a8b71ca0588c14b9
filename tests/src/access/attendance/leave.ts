import { v7 as uuid } from 'uuid';
import type { Asked, Operation } from '../operation.ts';

const newName = () => `Access ${uuid()}`;
const year = { from: '2026-01-01', to: '2026-12-31' };

const ofPerson = ({ subject }: Asked) => ({ employeeId: subject });
let days = 0;
/** Another day each time: leave does not overlap. */
const nextDay = () => new Date(Date.UTC(2040, 0, 1 + days++)).toISOString().slice(0, 10);

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

  'GET /api/leave/types': { needs: 'leave.read' },
  'POST /api/leave/types': { needs: 'leave.manage', body: () => ({ name: newName() }) },
  'GET /api/leave/types/{id}': { needs: 'leave.read', about: 'leave type' },
  'PATCH /api/leave/types/{id}': { needs: 'leave.manage', about: 'leave type', body: () => ({ name: newName() }) },
  'DELETE /api/leave/types/{id}': { needs: 'leave.manage', about: 'leave type' },
  'POST /api/leave/types/{id}/grant': { needs: 'leave.manage', about: 'leave type' },
  'GET /api/leave/balances': { needs: 'leave.read', about: 'person', query: ofPerson },
  'GET /api/leave/entries': { needs: 'leave.read', about: 'person', query: ofPerson },
  'POST /api/leave/adjustments': {
    needs: 'leave.manage',
    about: 'leave type',
    body: ({ subject, cast }) => ({
      employeeId: cast.members.stranger.id,
      typeId: subject,
      on: '2040-01-01',
      days: 1,
      note: 'Access',
    }),
  },
  'GET /api/leave/calendar': { needs: 'leave.read', query: { from: '2040-01-01', to: '2040-01-31' } },
  'GET /api/leave/requests': { needs: 'leave.read' },
  'POST /api/leave/requests': {
    needs: 'leave.ask',
    about: 'leave type',
    body: ({ subject }) => {
      const day = nextDay();
      return { typeId: subject, from: day, to: day };
    },
  },
  'GET /api/leave/requests/{id}': { needs: 'leave.read', about: 'leave request' },
  'POST /api/leave/requests/{id}/approve': { needs: 'leave.decide', about: 'leave request', body: {} },
  'POST /api/leave/requests/{id}/reject': { needs: 'leave.decide', about: 'leave request', body: {} },
  'POST /api/leave/requests/{id}/cancel': {
    needs: 'leave.decide',
    ofOneself: 'leave.ask',
    about: 'leave request',
    body: {},
  },
};
