import { v7 as uuid } from 'uuid';
import type { Operation } from '../operation.ts';

/** The one member of a class that was made here, and the cache's key of their mark. */
export const studentOf = new Map<string, string>();
export const keyOf = new Map<string, string>();

/** Operations of classes: see `operations.ts`. */
export const classesOperations: Record<string, Operation> = {
  'GET /api/classes': { needs: 'classes.read' },
  'POST /api/classes': { needs: 'classes.manage', body: () => ({ name: `Access ${uuid()}` }) },
  'GET /api/classes/{id}': { needs: 'classes.read', about: 'class' },
  'GET /api/classes/{id}/register': { needs: 'classes.read', about: 'class' },
  'PATCH /api/classes/{id}': {
    needs: 'classes.manage',
    about: 'spare class',
    body: () => ({ name: `Access ${uuid()}` }),
  },
  'DELETE /api/classes/{id}': { needs: 'classes.manage', about: 'spare class' },
  'POST /api/attendance/mark': {
    needs: 'classes.mark',
    about: 'class',
    body: ({ subject }) => ({ classId: subject, studentId: studentOf.get(subject), status: 'present' }),
  },
  'GET /api/attendance/student': {
    needs: 'classes.read',
    about: 'class',
    query: ({ subject }) => ({ classId: subject, studentId: studentOf.get(subject) ?? '' }),
  },
  'GET /api/attendance/data': {
    needs: 'classes.read',
    about: 'class',
    query: ({ subject }) => ({ key: keyOf.get(subject) ?? '' }),
  },
  'DELETE /api/attendance/invalidate/class/{classId}': { needs: 'classes.mark', about: 'class' },
  'DELETE /api/attendance/invalidate/{classId}/{studentId}': { needs: 'classes.mark', about: 'class' },
};
