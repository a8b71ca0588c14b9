import { v7 as uuid } from 'uuid';
import { classesOperations } from './attendance/classes.ts';
import { correctionsOperations } from './attendance/corrections.ts';
import { leaveOperations } from './attendance/leave.ts';
import { liveOperations } from './attendance/live.ts';
import { rosterExtrasOperations } from './attendance/roster-extras.ts';
import { rostersOperations } from './attendance/rosters.ts';
import { syncOperations } from './attendance/sync.ts';
import { timesheetsOperations } from './attendance/timesheets.ts';
import { picture } from './cast.ts';
import type { Asked, Operation } from './operation.ts';

const photo = { type: 'image/jpeg', bytes: picture };
const wrongSecret = {
  type: 'application/x-www-form-urlencoded',
  bytes: new TextEncoder().encode('grant_type=client_credentials&client_id=none&client_secret=none'),
};
const newEmail = () => `${uuid()}@access.muster.example`;
const ofPerson = ({ subject }: Asked) => ({ employeeId: subject });
const newName = () => `Access ${uuid()}`;

/**
 * Every operation of the merged `/openapi.json`, by method and path, and what the permission table must say for it. A new
 * route needs one line here: `'GET /api/things/{id}': { needs: 'things.read', about: 'thing' }`.
 */
export const operations: Record<string, Operation> = {
  'GET /health': { needs: 'open' },

  'POST /api/auth/register': {
    needs: 'open',
    body: () => ({ email: newEmail(), password: 'A-good-password-1', name: 'New' }),
  },
  'POST /api/auth/login': { needs: 'open', body: () => ({ email: newEmail(), password: 'A-wrong-password-1' }) },
  'POST /api/accounts/register': {
    needs: 'open',
    body: () => ({ email: newEmail(), password: 'A-good-password-1', name: 'New' }),
  },
  'POST /api/accounts/login': { needs: 'open', body: () => ({ email: newEmail(), password: 'A-wrong-password-1' }) },
  'POST /api/auth/refresh': { needs: 'open' },
  'POST /api/auth/accept-invitation': { needs: 'open', body: { token: 'none', password: 'A-good-password-1' } },
  'POST /api/auth/forgot-password': { needs: 'open', body: () => ({ email: newEmail() }) },
  'POST /api/auth/reset-password': { needs: 'open', body: { token: 'none', newPassword: 'A-good-password-1' } },
  'POST /api/auth/verify-email': { needs: 'open', body: { token: 'none' } },
  'POST /api/auth/verify-email/resend': { needs: 'account.own' },
  'GET /api/auth/.well-known/jwks.json': { needs: 'open' },
  'GET /api/auth/profile': { needs: 'account.own' },
  'GET /api/auth/validate': { needs: 'account.own' },
  'GET /api/auth/permissions': { needs: 'signed-in' },
  'POST /api/auth/logout': { needs: 'account.own', endsCaller: true },
  'POST /api/auth/logout-all': { needs: 'account.own', endsCaller: true },
  'POST /api/auth/change-password': {
    needs: 'account.own',
    body: { currentPassword: 'A-wrong-password-1', newPassword: 'A-good-password-2' },
  },

  'GET /api/auth/sessions': { needs: 'account.own' },
  'DELETE /api/auth/sessions/{id}': { needs: 'account.own', about: 'sign-in session' },
  'GET /api/auth/keys': { needs: 'keys.rotate' },
  'POST /api/auth/keys/rotate': { needs: 'keys.rotate' },

  'POST /api/auth/token': { needs: 'open', file: wrongSecret },
  'GET /api/clients': { needs: 'clients.manage' },
  'POST /api/clients': { needs: 'clients.manage' },
  'GET /api/clients/{id}': { needs: 'clients.manage', about: 'client' },
  'PATCH /api/clients/{id}': { needs: 'clients.manage', about: 'client' },
  'POST /api/clients/{id}/rotate-secret': { needs: 'clients.manage', about: 'client' },
  'DELETE /api/clients/{id}': { needs: 'clients.manage', about: 'client' },
  'GET /api/api-keys': { needs: 'api-keys.manage' },
  'POST /api/api-keys': { needs: 'api-keys.manage', body: { name: 'Key', scopes: ['attendance.read'] } },
  'DELETE /api/api-keys/{id}': { needs: 'api-keys.manage', about: 'api key' },
  'GET /api/devices': { needs: 'devices.enrol' },
  'POST /api/devices': { needs: 'devices.enrol', body: ({ cast: { siteId } }) => ({ name: newName(), siteId }) },
  'GET /api/devices/{id}': { needs: 'devices.enrol', about: 'device' },
  'PATCH /api/devices/{id}': { needs: 'devices.enrol', about: 'device' },
  'DELETE /api/devices/{id}': { needs: 'devices.enrol', about: 'device' },

  'GET /api/users/{id}/sessions': { needs: 'users.manage', about: 'person' },
  'DELETE /api/users/{id}/sessions': { needs: 'users.manage', about: 'person' },
  'POST /api/users/{id}/invitation': { needs: 'invitations.send', about: 'person' },
  'GET /api/users': { needs: 'users.manage' },
  'GET /api/users/{id}': { needs: 'users.manage', about: 'person' },
  'PATCH /api/users/{id}': { needs: 'users.manage', about: 'person', body: { role: 'teacher' } },
  'DELETE /api/users/{id}': { needs: 'users.manage', about: 'person' },

  'POST /api/employees': {
    needs: 'employees.create',
    body: () => ({ email: newEmail(), name: 'New', position: 'Tester' }),
  },
  'GET /api/employees': { needs: 'employees.read' },
  'GET /api/employees/{id}': { needs: 'employees.read', about: 'person' },
  'PATCH /api/employees/{id}': { needs: 'employees.update', about: 'person', body: { position: 'Changed' } },
  'DELETE /api/employees/{id}': { needs: 'employees.delete', about: 'person' },
  'POST /api/employees/{id}/restore': { needs: 'employees.restore', about: 'person' },
  'GET /api/employees/{id}/photo': { needs: 'employees.read', about: 'person' },
  'PUT /api/employees/{id}/photo': { needs: 'employees.photo', ofOneself: 'profile.own', about: 'person', file: photo },
  // Before the next one, which takes the photo.
  'DELETE /api/profile/photo': { needs: 'profile.own' },
  'DELETE /api/employees/{id}/photo': { needs: 'employees.photo', ofOneself: 'profile.own', about: 'photo' },
  'GET /api/profile': { needs: 'profile.own' },
  'PATCH /api/profile': { needs: 'profile.own', body: { name: 'Renamed' } },
  'GET /api/profile/photo': { needs: 'profile.own' },
  'PUT /api/profile/photo': { needs: 'profile.own', file: photo },
  'GET /api/sites': { needs: 'sites.read' },
  'GET /api/sites/{id}': { needs: 'sites.read', about: 'site' },
  'POST /api/sites': { needs: 'sites.manage', body: () => ({ name: newName(), zone: 'Europe/Berlin' }) },
  'PATCH /api/sites/{id}': { needs: 'sites.manage', about: 'site', body: () => ({ name: newName() }) },
  'DELETE /api/sites/{id}': { needs: 'sites.manage', about: 'site' },
  'GET /api/departments': { needs: 'departments.read' },
  'GET /api/departments/{id}': { needs: 'departments.read', about: 'department' },
  'POST /api/departments': { needs: 'departments.manage', body: () => ({ name: newName() }) },
  'PATCH /api/departments/{id}': {
    needs: 'departments.manage',
    about: 'department',
    body: () => ({ name: newName() }),
  },
  'DELETE /api/departments/{id}': { needs: 'departments.manage', about: 'department' },

  'POST /api/privacy/exports': { needs: 'privacy.export', about: 'person', body: ofPerson },
  'GET /api/privacy/exports/{id}': { needs: 'privacy.read-export', about: 'export' },
  'GET /api/privacy/exports/{id}/archive': { needs: 'privacy.read-export', about: 'export' },
  'POST /api/privacy/erasures': { needs: 'privacy.ask-erasure', about: 'person', body: ofPerson },
  'GET /api/privacy/erasures': { needs: 'privacy.erase' },
  'GET /api/privacy/erasures/{id}': { needs: 'privacy.ask-erasure', about: 'wish to be erased' },
  'POST /api/privacy/erasures/{id}/approve': { needs: 'privacy.erase', about: 'erasure' },
  'POST /api/privacy/erasures/{id}/decline': { needs: 'privacy.erase', about: 'erasure' },

  'POST /api/attendance/check-in': { needs: 'attendance.punch', body: {} },
  'POST /api/attendance/check-out': { needs: 'attendance.punch', body: {} },
  'GET /api/attendance/qr': { needs: 'attendance.punch' },
  'GET /api/attendance/pin': { needs: 'attendance.pin' },
  'PUT /api/attendance/pin': { needs: 'attendance.pin' },
  'DELETE /api/attendance/pin/{employeeId}': { needs: 'attendance.reset-pin', about: 'person' },
  'GET /api/attendance': { needs: 'attendance.read' },
  'GET /api/attendance/today': { needs: 'attendance.read', about: 'person', query: ofPerson },
  'GET /api/attendance/summary': { needs: 'attendance.read', about: 'person', query: ofPerson },
  'GET /api/attendance/days': {
    needs: 'attendance.read',
    about: 'person',
    query: ({ subject }) => ({ employeeId: subject, from: '2026-03-01', to: '2026-03-31' }),
  },
  'GET /api/attendance/explain/{employeeId}/{date}': { needs: 'attendance.read', about: 'person' },
  'GET /api/attendance/{id}': { needs: 'attendance.read', about: 'attendance' },
  'GET /api/attendance/scaling-plan': { needs: 'scaling.read' },
  'PUT /api/attendance/planned-headcount': {
    needs: 'scaling.plan',
    body: ({ cast: { siteId } }) => ({
      siteId,
      from: '2031-01-01T00:00:00Z',
      to: '2031-01-01T01:00:00Z',
      quarters: [],
    }),
  },

  ...classesOperations,
  ...rostersOperations,
  ...rosterExtrasOperations,
  ...leaveOperations,
  ...correctionsOperations,
  ...syncOperations,
  ...liveOperations,
  ...timesheetsOperations,

  'GET /api/auth/2fa': { needs: 'account.own' },
  'POST /api/auth/2fa/setup': { needs: 'account.own' },
  'POST /api/auth/2fa/enable': { needs: 'account.own' },
  'POST /api/auth/2fa/disable': { needs: 'account.own' },
  'POST /api/auth/2fa/recovery-codes': { needs: 'account.own' },

  'POST /api/auth/passkeys/login/options': { needs: 'open' },
  'POST /api/auth/passkeys/login/verify': { needs: 'open' },
  'GET /api/auth/passkeys': { needs: 'account.own' },
  'POST /api/auth/passkeys/register/options': { needs: 'account.own' },
  'POST /api/auth/passkeys/register/verify': { needs: 'account.own', isMadeUp: true },
  'PATCH /api/auth/passkeys/{id}': { needs: 'account.own', about: 'passkey' },
  'DELETE /api/auth/passkeys/{id}': { needs: 'account.own', about: 'passkey' },
  'DELETE /api/users/{id}/factors': { needs: 'users.manage', about: 'person' },

  'GET /api/notifications': { needs: 'notifications.own' },
  'GET /api/notifications/unread-count': { needs: 'notifications.own' },
  'GET /api/notifications/{id}': { needs: 'notifications.own', about: 'notification' },
  'GET /api/notifications/preferences': { needs: 'notifications.own' },
  'PUT /api/notifications/preferences': { needs: 'notifications.own', body: { preferences: [] } },
  'POST /api/notifications/mark-as-read': {
    needs: 'notifications.own',
    about: 'notification',
    body: ({ subject }) => ({ notificationIds: [subject] }),
  },
  'POST /api/notifications/mark-all-as-read': { needs: 'notifications.own' },
  'GET /api/audit-logs': { needs: 'audit.read' },
  'GET /api/audit-logs/stats': { needs: 'audit.read' },
  'GET /api/audit-logs/verify': { needs: 'audit.read' },
  'GET /api/audit-logs/export': { needs: 'audit.read', query: { format: 'csv', eventType: 'none' } },
  'GET /api/audit-logs/{id}': { needs: 'audit.read', about: 'audit entry' },
};
