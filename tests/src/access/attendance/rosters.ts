import { v7 as uuid } from 'uuid';
import type { Asked, Operation } from '../operation.ts';

const newName = () => `Access ${uuid()}`;
const day = { from: '2031-01-01', to: '2031-01-01' };
// No shift type can be made up: what is asked of the caller comes before it.
const assignment = ({ subject }: Asked) => ({ employeeId: subject, shiftTypeId: uuid(), ...day });
const entries = ({ cast: { members } }: Asked) => ({
  entries: [{ employeeId: members.below.id, date: '2031-01-01', shiftTypeIds: null }],
});

/** Operations of rosters: see `operations.ts`. */
export const rostersOperations: Record<string, Operation> = {
  'GET /api/shifts': { needs: 'shifts.read' },
  'GET /api/shifts/{id}': { needs: 'shifts.read', about: 'shift type' },
  'POST /api/shifts': {
    needs: 'shifts.manage',
    body: () => ({ name: newName(), start: '08:00', end: '16:00' }),
  },
  'PATCH /api/shifts/{id}': { needs: 'shifts.manage', about: 'shift type', body: () => ({ name: newName() }) },
  'DELETE /api/shifts/{id}': { needs: 'shifts.manage', about: 'shift type' },

  'GET /api/rosters': { needs: 'rosters.read', query: day },
  'GET /api/rosters/moved': { needs: 'shifts.manage' },
  'POST /api/rosters/moved/accept': { needs: 'shifts.manage' },

  'GET /api/rosters/rotations': { needs: 'shifts.read' },
  'GET /api/rosters/rotations/{id}': { needs: 'shifts.read', about: 'rotation' },
  'POST /api/rosters/rotations': {
    needs: 'shifts.manage',
    body: () => ({ name: newName(), anchor: '2031-01-01', pattern: [[uuid()]] }),
    isMadeUp: true,
  },
  'DELETE /api/rosters/rotations/{id}': { needs: 'shifts.manage', about: 'rotation' },

  'GET /api/rosters/assignments': { needs: 'rosters.read' },
  'GET /api/rosters/assignments/{id}': { needs: 'rosters.read', about: 'assignment' },
  'POST /api/rosters/assignments': {
    needs: 'rosters.manage',
    about: 'time of a person',
    body: assignment,
    isMadeUp: true,
  },
  // Before it begins: one that went on would be in the way of the next.
  'PATCH /api/rosters/assignments/{id}': {
    needs: 'rosters.manage',
    about: 'assignment',
    body: { to: '2030-01-01' },
    isMadeUp: true,
  },
  'DELETE /api/rosters/assignments/{id}': { needs: 'rosters.manage', about: 'assignment' },

  'GET /api/rosters/drafts': { needs: 'rosters.manage' },
  'GET /api/rosters/drafts/{id}': { needs: 'rosters.manage', about: 'draft roster' },
  'GET /api/rosters/drafts/{id}/entries': { needs: 'rosters.manage', about: 'draft roster' },
  'POST /api/rosters/drafts': {
    needs: 'rosters.manage',
    body: ({ cast: { siteId } }) => ({ siteId, ...day }),
  },
  'PUT /api/rosters/drafts/{id}/entries': { needs: 'rosters.manage', about: 'draft roster', body: entries },
  'POST /api/rosters/drafts/{id}/publish': { needs: 'rosters.manage', about: 'draft roster' },
  'DELETE /api/rosters/drafts/{id}': { needs: 'rosters.manage', about: 'draft roster' },
};
