import { type App, apps, publishes, subscribersOf, subscribes } from './flows.ts';

/** One operation that `caller` may invoke on another app through the sidecars. Everything else is refused by Dapr. */
export interface Call {
  caller: App;
  callee: App;
  /** Dapr operation path; `*` matches one segment, `**` the rest. */
  path: string;
  verbs: readonly ('GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS')[];
}

const services = apps.filter((app) => app !== 'gateway');
const any = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;

const fromGateway: Call[] = services.flatMap((callee) => [
  { caller: 'gateway' as const, callee, path: '/api/**', verbs: any },
  { caller: 'gateway' as const, callee, path: '/openapi.json', verbs: ['GET'] as const },
  { caller: 'gateway' as const, callee, path: '/readyz', verbs: ['GET'] as const },
]);

const clientsOfAuth = apps.filter((app) => app !== 'auth');
const toAuth: Call[] = [
  // The gateway's `/api/**` covers it.
  ...clientsOfAuth
    .filter((app) => app !== 'gateway')
    .map((caller) => ({ caller, callee: 'auth', path: '/api/auth/.well-known/jwks.json', verbs: ['GET'] }) as const),
  ...clientsOfAuth.map(
    (caller) => ({ caller, callee: 'auth', path: '/internal/revocations', verbs: ['GET'] }) as const,
  ),
];

// One entry for both verbs: in Dapr's table an entry for a path hides every longer one, so `/internal/logins` beside
// `/internal/logins/*` refuses the DELETE. A wildcard entry covers the path without its last segment, too.
const logins: Call[] = [{ caller: 'employee', callee: 'auth', path: '/internal/logins/*', verbs: ['POST', 'DELETE'] }];

/** Employee gathers what each service holds about a person (GET) and has it erased (DELETE). */
const personalData: Call[] = services
  .filter((app) => app !== 'employee')
  .map(
    (callee) => ({ caller: 'employee', callee, path: '/internal/personal-data/*', verbs: ['GET', 'DELETE'] }) as const,
  );

/** A kiosk is enrolled at a site that is there: auth looks with the administrator's own token. */
const sites: Call[] = [{ caller: 'auth', callee: 'employee', path: '/api/sites/*', verbs: ['GET'] }];

/** What teachers say by socket reaches attendance in their name. */
const classAttendance: Call[] = [
  { caller: 'events', callee: 'attendance', path: '/internal/class-attendance/*', verbs: ['POST'] },
];

/** Attendance learns when people were hired who were projected before events told it. */
const employment: Call[] = [
  { caller: 'attendance', callee: 'employee', path: '/internal/employment', verbs: ['POST'] },
];

/** The reconciler of a producer asks each subscriber which events it never saw. */
const inboxes: Call[] = services.flatMap((caller) =>
  [...new Set(publishes[caller].flatMap(subscribersOf))].map((callee) => ({
    caller,
    callee,
    path: '/internal/inbox/missing',
    verbs: ['POST'] as const,
  })),
);

/** An operator reaches parked events through the app's own sidecar. */
const deadLetters: Call[] = services
  .filter((app) => subscribes[app].length > 0)
  .map((app) => ({
    caller: app,
    callee: app,
    path: '/internal/dead-letters/**',
    verbs: ['GET', 'POST', 'DELETE'] as const,
  }));

/** Who may invoke what. Access control of every sidecar is generated from this table; default deny. */
export const calls: readonly Call[] = [
  ...fromGateway,
  ...toAuth,
  ...logins,
  ...sites,
  ...employment,
  ...personalData,
  ...classAttendance,
  ...inboxes,
  ...deadLetters,
];
