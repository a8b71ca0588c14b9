import type { App } from '@muster/contracts';

/** Which app answers under which prefix. A path belongs to a prefix when it equals it or goes on with `/`. */
export const routes: Readonly<Record<string, App>> = {
  '/api/auth': 'auth',
  '/api/users': 'auth',
  '/api/accounts': 'auth',
  '/api/devices': 'auth',
  '/api/clients': 'auth',
  '/api/api-keys': 'auth',
  '/api/employees': 'employee',
  '/api/profile': 'employee',
  '/api/sites': 'employee',
  '/api/departments': 'employee',
  '/api/privacy': 'employee',
  '/api/attendance': 'attendance',
  '/api/shifts': 'attendance',
  '/api/rosters': 'attendance',
  '/api/holidays': 'attendance',
  '/api/leave': 'attendance',
  '/api/classes': 'attendance',
  '/api/notifications': 'events',
  '/api/audit-logs': 'events',
};

/** The apps behind a table of routes, each once. */
export const appsOf = (table: Routes): string[] => [...new Set(Object.values(table))].sort();

/** What a route leads to: prefix → app-id. Tests bring their own. */
export type Routes = Readonly<Record<string, string>>;

/** The app-id that answers `path` (which starts with `/api/`), or undefined. Prefixes are two segments long. */
export function appFor(table: Routes, path: string): string | undefined {
  const end = path.indexOf('/', '/api/'.length);
  const prefix = end === -1 ? path : path.slice(0, end);
  return Object.hasOwn(table, prefix) ? table[prefix] : undefined;
}
