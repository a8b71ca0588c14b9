import { personalDataErasure, personalDataPage, systemActor } from '@muster/contracts';
import type { Sidecar } from '@muster/dapr';
import type { PersonalDataHolder } from './deps.ts';

// An erasure does a bounded piece of work a call; a page is a few hundred rows.
const timeoutMs = 30_000;

/** What another service holds about people, behind service invocation. Both calls may be repeated. */
export function connectPersonalData(
  sidecar: Pick<Sidecar, 'invoke'>,
  app: 'auth' | 'attendance' | 'events',
): PersonalDataHolder {
  const common = { app, actor: systemActor, timeoutMs };
  const path = (personId: string): string => `/internal/personal-data/${personId}`;
  return {
    read: (personId, cursor) =>
      sidecar.invoke({ ...common, method: 'GET', path: path(personId), query: { cursor }, schema: personalDataPage }),
    erase: (personId) =>
      sidecar.invoke({ ...common, method: 'DELETE', path: path(personId), schema: personalDataErasure }),
  };
}
