import type { LeaveRequest } from '@muster/contracts/http/attendance-leave';
import { isoInstant } from '../instant.ts';
import type { StoredRequest } from './stored-request.ts';

/** A request as a client sees it. */
export const describeRequest = ({ charged, askedAtMs, decidedAtMs, ...request }: StoredRequest): LeaveRequest => ({
  ...request,
  days: charged / 2,
  askedAt: isoInstant(askedAtMs),
  decidedAt: decidedAtMs === null ? null : isoInstant(decidedAtMs),
});

/** What its events say beside when and by whom: never a note. */
export const requestEvent = (request: StoredRequest) => ({
  requestId: request.id,
  employeeId: request.employeeId,
  typeId: request.typeId,
  from: request.from,
  to: request.to,
  firstDay: request.firstDay,
  lastDay: request.lastDay,
  days: request.charged / 2,
});
