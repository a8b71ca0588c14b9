import type { Operation } from '../operation.ts';
import { pastPunch } from './past-punch.ts';

const deciding = { needs: 'corrections.decide', about: 'correction', neverOfOneself: true } as const;

/** Operations of corrections: see `operations.ts`. */
export const correctionsOperations: Record<string, Operation> = {
  'GET /api/attendance/corrections': { needs: 'corrections.read' },
  'GET /api/attendance/corrections/{id}': { needs: 'corrections.read', about: 'correction' },
  'POST /api/attendance/corrections': {
    needs: 'corrections.decide',
    ofOneself: 'corrections.ask',
    about: 'time of a person',
    body: ({ subject }) => ({ ...pastPunch(), employeeId: subject }),
  },
  'POST /api/attendance/corrections/{id}/approve': { ...deciding, body: {} },
  'POST /api/attendance/corrections/{id}/reject': { ...deciding, body: {} },
  'POST /api/attendance/corrections/{id}/withdraw': { needs: 'corrections.ask', about: 'correction', body: {} },
  'GET /api/attendance/conflicts': { needs: 'corrections.read' },
  'GET /api/attendance/months': { needs: 'months.read' },
  'GET /api/attendance/months/{month}': { needs: 'months.read' },
  'GET /api/attendance/months/{month}/late': { needs: 'months.read' },
  'POST /api/attendance/months/{month}/lock': { needs: 'months.lock' },
  'POST /api/attendance/months/{month}/unlock': { needs: 'months.lock', body: { reason: 'Access' } },
};
