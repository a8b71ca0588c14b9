import type { Correction, DayChange } from '@muster/contracts/http/attendance-corrections';
import type { CorrectionFact, PunchType } from '../days/index.ts';
import { isoInstant } from '../instant.ts';
import { describeFact, type StoredFact } from './describe-fact.ts';

/** A wish to have a punch corrected, as it is stored. Instants are Unix milliseconds. */
export interface StoredRequest {
  id: string;
  employeeId: string;
  change: 'add' | 'replace' | 'void';
  targetId: string | null;
  /** When the target was, where it is a punch. */
  targetAtMs: number | null;
  type: PunchType | null;
  occurredAtMs: number | null;
  reason: string | null;
  status: 'pending' | 'approved' | 'rejected' | 'withdrawn';
  askedBy: string;
  askedAtMs: number;
  decidedBy: string | null;
  decidedAtMs: number | null;
  note: string | null;
  /** JSON of the days it changed. */
  effect: string | null;
  version: number;
}

/** The fact a request is or would become; `decidedAtMs` is when (Unix milliseconds). */
export const factOf = (request: StoredRequest, decidedAtMs: number): CorrectionFact => ({
  kind: 'correction',
  id: request.id,
  change: request.change,
  targetId: request.targetId,
  punch: request.type && request.occurredAtMs !== null ? { type: request.type, atMs: request.occurredAtMs } : null,
  decidedAtMs,
});

const isoOrNull = (ms: number | null): string | null => (ms === null ? null : isoInstant(ms));

/** A request as clients see it. */
export const describeRequest = (
  request: StoredRequest,
  target: StoredFact | undefined,
  changes: DayChange[] | null,
): Correction => ({
  id: request.id,
  employeeId: request.employeeId,
  status: request.status,
  change: request.change,
  target: target ? describeFact(target) : null,
  type: request.type,
  occurredAt: isoOrNull(request.occurredAtMs),
  reason: request.reason,
  askedBy: request.askedBy,
  askedAt: isoInstant(request.askedAtMs),
  decidedBy: request.decidedBy,
  decidedAt: isoOrNull(request.decidedAtMs),
  note: request.note,
  changes,
  version: request.version,
});

/** What every event of a request says about it. */
export const requestInEvent = (request: StoredRequest) => ({
  correctionId: request.id,
  employeeId: request.employeeId,
  change: request.change,
  targetId: request.targetId,
  type: request.type,
  punchAt: isoOrNull(request.occurredAtMs),
});
