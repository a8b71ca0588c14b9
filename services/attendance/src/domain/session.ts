import type { AttendanceSession, PunchFlag } from '@muster/contracts/http/attendance';
import type { StayCount } from './days/index.ts';
import { earlyExitReason, lateReason } from './door/reasons.ts';
import { isoInstant } from './instant.ts';

/** A session as it is stored. Instants are Unix milliseconds. */
export interface Session extends StayCount {
  id: string;
  employeeId: string;
  siteId: string;
  date: string;
  zone: string;
  source: AttendanceSession['source'];
  checkInAtMs: number;
  checkOutAtMs: number | null;
  version: number;
  /** Since when the person is on a break; null otherwise. */
  breakSinceMs: number | null;
  flags: PunchFlag[];
}

/** Whole minutes between two instants, rounded down once, at the end. */
export function minutesBetween(fromMs: number, toMs: number): number {
  return Math.floor((toMs - fromMs) / 60_000);
}

/** A stay never ends before it began, even when the clocks of two processes disagree. */
export function closingTime(checkInAtMs: number, nowMs: number): number {
  return Math.max(checkInAtMs, nowMs);
}

/** The session as clients see it. Who was late or left early by what grace excuses is told the minutes, and that it does. */
export function describeSession(session: Session): AttendanceSession {
  const { checkInAtMs, breakSinceMs, flags, shift, late, earlyExit, zone } = session;
  // Closed without a check-out: when that was nobody knows, so nothing is told and nothing counts.
  const missed = flags.includes('MISSING_CHECK_OUT');
  const checkOutAtMs = missed ? null : session.checkOutAtMs;
  return {
    id: session.id,
    employeeId: session.employeeId,
    siteId: session.siteId,
    date: session.date,
    zone,
    checkInAt: isoInstant(checkInAtMs),
    checkOutAt: checkOutAtMs === null ? null : isoInstant(checkOutAtMs),
    status: session.checkOutAtMs === null ? 'open' : 'closed',
    source: session.source,
    workedMinutes: checkOutAtMs === null ? null : minutesBetween(checkInAtMs, checkOutAtMs),
    shift: shift && { id: shift.id, name: shift.name },
    late: late?.minutes ?? 0,
    lateReason: late && lateReason(late, zone),
    earlyExit: earlyExit?.minutes ?? 0,
    earlyExitReason: earlyExit && earlyExitReason(earlyExit, zone),
    onBreak: breakSinceMs !== null,
    onBreakSince: breakSinceMs === null ? null : isoInstant(breakSinceMs),
    flags,
  };
}
