import { systemActor } from '@muster/contracts';
import type { Sidecar } from '@muster/dapr';
import { z } from 'zod';
import type { Logins } from './deps.ts';

const opened = z.object({ userId: z.uuid(), invitationToken: z.string().optional() });

/** Auth behind service invocation. Dapr repeats a call whose callee was away: both operations are idempotent by id. */
export function connectLogins(sidecar: Pick<Sidecar, 'invoke'>): Logins {
  return {
    open: (login, actor) =>
      sidecar.invoke({ app: 'auth', method: 'POST', path: '/internal/logins', body: login, schema: opened, actor }),
    async remove(id) {
      const path = `/internal/logins/${id}`;
      await sidecar.invoke({ app: 'auth', method: 'DELETE', path, actor: systemActor, timeoutMs: 5000 });
    },
  };
}
