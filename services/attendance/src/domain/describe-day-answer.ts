import type { AttendanceDayAnswer, ExplainAnswer, ExplainedFact } from '@muster/contracts/http/attendance';
import type { AttendanceDay, ExplainedDay } from './days/index.ts';
import { isoInstant } from './instant.ts';

const minutes = (ms: number): number => Math.floor(ms / 60_000);
const instantOrNull = (ms: number | null): string | null => (ms === null ? null : isoInstant(ms));

/** An attendance day as clients see it: whole minutes, rounded down once, and instants in UTC. */
export function describeDayAnswer(day: AttendanceDay): AttendanceDayAnswer {
  return {
    employeeId: day.employeeId,
    date: day.date,
    zone: day.zone,
    rules: day.rules,
    status: day.status,
    flags: day.flags,
    shifts: day.shifts.map((shift) => ({
      shiftId: shift.shiftId,
      name: shift.name,
      startsAt: isoInstant(shift.startMs),
      endsAt: isoInstant(shift.endMs),
      lateMinutes: shift.lateMinutes,
      late: shift.late,
      earlyExitMinutes: shift.earlyExitMinutes,
      earlyExit: shift.earlyExit,
    })),
    stays: day.stays.map(({ fromMs, toMs, auto, shiftId }) => ({
      checkInAt: isoInstant(fromMs),
      checkOutAt: instantOrNull(toMs),
      auto,
      shiftId,
    })),
    breaks: day.breaks.map(({ fromMs, toMs }) => ({ startAt: isoInstant(fromMs), endAt: instantOrNull(toMs) })),
    expectedMinutes: minutes(day.expectedMs),
    workedMinutes: minutes(day.workedMs),
    breakMinutes: minutes(day.breakMs),
    offShiftMinutes: minutes(day.offShiftMs),
    lateMinutes: day.lateMinutes,
    earlyExitMinutes: day.earlyExitMinutes,
    overtime: day.overtime && {
      kind: day.overtime.kind,
      countedMinutes: minutes(day.overtime.countedMs),
      awaitsApproval: day.overtime.awaitsApproval,
    },
    roundedMinutes: minutes(day.rounded.workedMs),
    conflicts: day.conflicts,
    settled: day.settled,
  };
}

/** A day with its explanation as clients see it. */
export function describeExplanation(
  day: AttendanceDay,
  explained: ExplainedDay,
  facts: ExplainedFact[],
): ExplainAnswer {
  return {
    employeeId: explained.employeeId,
    date: explained.date,
    rules: explained.rules,
    fromAt: isoInstant(explained.fromMs),
    toAt: isoInstant(explained.toMs),
    day: describeDayAnswer(day),
    facts,
    spans: explained.spans.map(({ fromMs, toMs, ...span }) => ({
      fromAt: isoInstant(fromMs),
      toAt: isoInstant(toMs),
      ...span,
    })),
  };
}
