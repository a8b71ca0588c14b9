import { randomUUID } from 'node:crypto';
import { type EventEnvelope, systemActor } from '@muster/contracts';
import { createLogger } from '@muster/service-kit';

export const silent = createLogger({ service: 'test', level: 'silent' });
export const appApiToken = 'app-token-of-the-test';

/** A CloudEvent as the sidecar delivers it. */
export function envelope(over: Partial<EventEnvelope> & { data?: Record<string, unknown> } = {}): EventEnvelope {
  const id = over.id ?? randomUUID();
  const base = { id, version: 1, occurredAt: '2026-03-02T08:00:00Z', actor: systemActor, userId: randomUUID() };
  return {
    specversion: '1.0',
    id,
    source: 'auth',
    type: 'auth.login-enabled.v1',
    time: '2026-03-02T08:00:00Z',
    datacontenttype: 'application/json',
    ...over,
    data: { ...base, ...over.data },
  };
}
