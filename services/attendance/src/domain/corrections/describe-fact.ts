import type { AttendanceFact } from '@muster/contracts/http/attendance-corrections';
import type { PunchType } from '../days/index.ts';
import { isoInstant } from '../instant.ts';

/** A punch or an approved correction as it is stored. Instants are Unix milliseconds. */
export interface StoredFact {
  id: string;
  kind: 'punch' | 'correction';
  change: 'add' | 'replace' | 'void' | null;
  targetId: string | null;
  type: PunchType | null;
  occurredAtMs: number | null;
  source: string | null;
  receivedAtMs: number;
}

/** A fact as clients see it. */
export const describeFact = (fact: StoredFact): AttendanceFact => ({
  id: fact.id,
  kind: fact.kind,
  change: fact.change,
  targetId: fact.targetId,
  type: fact.type,
  occurredAt: fact.occurredAtMs === null ? null : isoInstant(fact.occurredAtMs),
  source: fact.source,
  receivedAt: isoInstant(fact.receivedAtMs),
});

/** In order of time; what has none last. */
export const inOrderOfTime = (a: StoredFact, b: StoredFact): number =>
  (a.occurredAtMs ?? Number.POSITIVE_INFINITY) - (b.occurredAtMs ?? Number.POSITIVE_INFINITY) || (a.id < b.id ? -1 : 1);
