import type { MonthClose } from '@muster/contracts/http/attendance-timesheets';

interface Close {
  lockId: string;
  month: string;
  siteId: string;
  version: number;
  state: 'closing' | 'closed';
  reason: string | null;
  askedAt: { toISOString(): string };
  people: number;
  overtimeAwaiting: number | null;
  sha256: string | null;
  closedAt: { toISOString(): string } | null;
  standing: boolean;
}

/** A close as clients see it; its id is its lock's. */
export const describeClose = (close: Close): MonthClose => ({
  id: close.lockId,
  month: close.month,
  siteId: close.siteId,
  version: close.version,
  state: close.state,
  people: close.people,
  reason: close.reason,
  overtimeAwaiting: close.overtimeAwaiting,
  askedAt: close.askedAt.toISOString(),
  closedAt: close.closedAt?.toISOString() ?? null,
  sha256: close.sha256,
  standing: close.standing,
});
