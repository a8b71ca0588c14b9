import type { Operation } from '../operation.ts';

/** Operations of sync: see `operations.ts`. */
export const syncOperations: Record<string, Operation> = {
  'POST /api/attendance/punches/sync': {
    needs: 'punches.sync',
    body: () => ({ sentAt: new Date().toISOString(), punches: [] }),
  },
  'POST /api/attendance/punches/import': {
    needs: 'punches.import',
    about: 'site with holidays',
    query: ({ subject }) => ({ format: 'attlog', siteId: subject }),
    file: { type: 'text/plain', bytes: new TextEncoder().encode('nobody\t2026-01-01 08:00:00\t0\n') },
  },
  'GET /api/attendance/punches/held': { needs: 'corrections.read' },
  'POST /api/attendance/punches/held/{id}/dismiss': { needs: 'corrections.decide', about: 'held punch' },
  'POST /api/attendance/breaks/start': { needs: 'attendance.punch', body: {} },
  'POST /api/attendance/breaks/end': { needs: 'attendance.punch', body: {} },
  'GET /api/attendance/site-settings/{siteId}': { needs: 'rules.read', about: 'site with holidays' },
  'PUT /api/attendance/site-settings/{siteId}': {
    needs: 'rules.manage',
    about: 'site with holidays',
    body: { geofence: 'flag', missingPlace: 'off', ipAllowList: 'flag', kioskLagHours: 48 },
  },
};
