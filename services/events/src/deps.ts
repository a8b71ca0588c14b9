import type { Log, Sql } from '@muster/db';
import type { Clock } from '@muster/service-kit';
import type { AttendanceCalls } from './ask-attendance.ts';
import type { AuditDraft } from './domain/audit-draft.ts';
import type { HeadSigner } from './domain/signed-head.ts';
import type { LiveHub } from './live-hub.ts';

/** What every verb may use. */
export interface Deps {
  sql: Sql;
  log: Log;
  clock: Clock;
  /** IANA zone of the default site: whose day "today" is. */
  zone: string;
  signer: HeadSigner;
  live: LiveHub;
  attendance: AttendanceCalls;
  metrics: {
    /** Entries committed together at `recordedAt`. */
    recorded(entries: readonly AuditDraft[], recordedAt: Temporal.Instant): void;
  };
}
