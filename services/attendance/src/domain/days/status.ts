import type { DayStatus } from './attendance-day.ts';
import type { Duty } from './duty.ts';
import type { ShiftType } from './shift-type.ts';

export interface StatusInput {
  duty: Duty;
  /** Of the day's first shift: its thresholds are the day's. */
  shift: ShiftType | undefined;
  workedMs: number;
  /** Whether any punch counts on this day. */
  punched: boolean;
  /** Somebody is in, or forgot to check out: nobody knows the hours. */
  open: boolean;
  settled: boolean;
}

const minute = 60_000;

/** The day's status. Leave, holidays and days off come first; absence only once nothing can arrive any more. */
export function statusOf({ duty, shift, workedMs, punched, open, settled }: StatusInput): DayStatus {
  if (duty.kind === 'ON_LEAVE' || duty.kind === 'HOLIDAY' || duty.kind === 'WEEKLY_OFF') return duty.kind;
  if (!punched && (duty.kind === 'NO_SHIFT' || duty.kind === 'NOT_EMPLOYED')) return duty.kind;
  if (!settled) return punched ? 'IN_PROGRESS' : 'PENDING';
  // Half a day of leave is half a day, whatever became of the other half: its absence is in the flags.
  if (duty.leave.length > 0) return 'HALF_DAY';
  if (!punched) return 'ABSENT';
  if (!shift || open || duty.kind !== 'WORKDAY') return 'PRESENT';
  if (workedMs < shift.absentBelowMinutes * minute) return 'ABSENT';
  if (workedMs < shift.halfDayBelowMinutes * minute) return 'HALF_DAY';
  return 'PRESENT';
}
