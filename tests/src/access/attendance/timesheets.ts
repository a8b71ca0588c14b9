import type { Asked, Operation } from '../operation.ts';

const period = { from: '2026-03-01', to: '2026-03-31' };
const overtime = ({ subject }: Asked) => ({ employeeId: subject, date: '2026-03-02', minutes: 0 });

/** Operations of timesheets: see `operations.ts`. */
export const timesheetsOperations: Record<string, Operation> = {
  'GET /api/attendance/rules': { needs: 'rules.read' },
  'GET /api/attendance/rules/{id}': { needs: 'rules.read', about: 'rules' },
  // In a year in which nobody works: nobody's days are derived again.
  'POST /api/attendance/rules': {
    needs: 'rules.manage',
    body: { validFrom: '2099-01-01', name: 'Access', rules: {} },
  },
  'GET /api/attendance/overtime': { needs: 'overtime.approve' },
  'GET /api/attendance/overtime/{employeeId}/{date}': { needs: 'overtime.approve', about: 'person' },
  'POST /api/attendance/overtime': { needs: 'overtime.approve', about: 'time of a person', body: overtime },
  'GET /api/attendance/timesheets': { needs: 'timesheets.read', query: { month: '2026-03' } },
  'GET /api/attendance/timesheets/export': {
    needs: 'timesheets.read',
    query: { month: '2026-03', format: 'csv' },
  },
  // Of a month in which nobody worked.
  'POST /api/attendance/timesheets/{month}/close': {
    needs: 'timesheets.close',
    body: { force: { reason: 'Access' } },
  },
  'GET /api/attendance/timesheets/{month}/closes': { needs: 'timesheets.close' },
  'GET /api/attendance/timesheets/{month}/payroll': { needs: 'timesheets.close' },
  'GET /api/attendance/reports/overtime': { needs: 'timesheets.read', query: period },
  'GET /api/attendance/reports/absence': { needs: 'timesheets.read', query: period },
  'GET /api/attendance/reports/punctuality': { needs: 'timesheets.read', query: period },
  'GET /api/attendance/timesheets/{employeeId}': {
    needs: 'timesheets.read',
    about: 'person',
    query: { month: '2026-03' },
  },
};
