import type { OvertimeDecision, WaitingOvertime } from '@muster/contracts/http/attendance-overtime';

const minutesOf = (ms: number): number => Math.floor(ms / 60_000);

interface Decision {
  id: string;
  employeeId: string;
  date: string;
  version: number;
  minutes: number;
  overtimeMs: number;
  note: string | null;
  decidedAt: { toISOString(): string };
  decidedBy: string;
}

/** A decision as clients see it: whole minutes, rounded down. */
export const describeDecision = ({ overtimeMs, decidedAt, ...one }: Decision): OvertimeDecision => ({
  id: one.id,
  employeeId: one.employeeId,
  date: one.date,
  version: one.version,
  minutes: one.minutes,
  overtimeMinutes: minutesOf(overtimeMs),
  note: one.note,
  decidedAt: decidedAt.toISOString(),
  decidedBy: one.decidedBy,
});

interface Waiting extends Omit<WaitingOvertime, 'overtimeMinutes' | 'countedMinutes' | 'version'> {
  overtimeMs: number;
  countedMs: number;
  version: number | null;
}

/** A day that waits, as clients see it. */
export const describeWaiting = ({ overtimeMs, countedMs, version, ...one }: Waiting): WaitingOvertime => ({
  employeeId: one.employeeId,
  name: one.name,
  siteId: one.siteId,
  department: one.department,
  date: one.date,
  kind: one.kind,
  overtimeMinutes: minutesOf(overtimeMs),
  countedMinutes: minutesOf(countedMs),
  version: version ?? 0,
  approvedMinutes: one.approvedMinutes,
});
