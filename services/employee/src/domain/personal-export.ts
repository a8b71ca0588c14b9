import type { PersonalExport } from '@muster/contracts/http/privacy';

/** An archive as stored. Instants are ISO strings in UTC. */
export interface StoredExport {
  id: string;
  personId: string;
  requestedBy: string;
  status: 'preparing' | 'ready' | 'failed';
  attempt: number;
  requestedAt: string;
  readyAt: string | null;
  expiresAt: string;
  parts: number | null;
  bytes: number | null;
}

/** How long an archive lies ready, counted from when it was asked for; so long it is tried, too. */
export const exportLife = { hours: 7 * 24 };

/** Where a part of an archive lies in the store. */
export const exportKey = (o: Pick<StoredExport, 'id' | 'personId' | 'attempt'>, part: number): string =>
  `${attemptPrefix(o)}${part}.zip.part`;

/** Everything one attempt has stored. */
export const attemptPrefix = (o: Pick<StoredExport, 'id' | 'personId' | 'attempt'>): string =>
  `${exportPrefix(o.personId)}${o.id}/${o.attempt}/`;

/** Every archive of a person. */
export const exportPrefix = (personId: string): string => `exports/${personId}/`;

/** Whether it is gone by then: the store lets go of it at the same time. */
export const isExpired = (stored: Pick<StoredExport, 'expiresAt'>, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(Temporal.Instant.from(stored.expiresAt), now) <= 0;

/** An archive as clients see it. */
export function describeExport(stored: StoredExport, now: Temporal.Instant): PersonalExport {
  const gone = stored.status === 'ready' && isExpired(stored, now);
  return {
    id: stored.id,
    employeeId: stored.personId,
    status: gone ? 'expired' : stored.status,
    requestedAt: stored.requestedAt,
    readyAt: stored.readyAt,
    expiresAt: stored.expiresAt,
    bytes: stored.bytes,
  };
}
