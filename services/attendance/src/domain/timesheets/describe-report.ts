import type {
  AbsenceReportRow,
  OvertimeReportRow,
  PunctualityReportRow,
} from '@muster/contracts/http/attendance-reports';
import { leaveDays, minutesOf } from './describe-totals.ts';
import type { Sums } from './sums.ts';
import { leaveInWords } from './timesheet-columns.ts';

/** Whom a row is about: a person, or the people of a department or a site who have days in the period. */
export interface ReportSubject {
  employeeId: string | null;
  name: string | null;
  siteId: string | null;
  department: string | null;
  people: number;
}

/** Somebody, or some people, with the sums of a period. */
export interface Reported {
  subject: ReportSubject;
  sums: Sums;
}

const about = ({ employeeId, name, siteId, department, people }: ReportSubject): ReportSubject => ({
  employeeId,
  name,
  siteId,
  department,
  people,
});

export const overtimeRow = ({ subject, sums }: Reported): OvertimeReportRow => ({
  ...about(subject),
  days: sums.overtimeDays,
  awaitingDays: sums.overtimeAwaiting,
  workedMinutes: minutesOf(sums.overtimeMs),
  normalMinutes: minutesOf(sums.normalMs),
  weekendMinutes: minutesOf(sums.weekendMs),
  holidayMinutes: minutesOf(sums.holidayMs),
  weeklyMinutes: minutesOf(sums.weeklyMs),
  weightedMinutes: minutesOf(sums.weightedMs + sums.weeklyWeightedMs),
});

export const absenceRow = ({ subject, sums }: Reported): AbsenceReportRow => ({
  ...about(subject),
  absentDays: sums.absentDays,
  halfDays: sums.halfDays,
  missedShiftDays: sums.missedShiftDays,
  leave: leaveDays(sums.leaveHalves),
});

export const punctualityRow = ({ subject, sums }: Reported): PunctualityReportRow => ({
  ...about(subject),
  days: sums.dutyDays,
  lateDays: sums.lateDays,
  lateMinutes: sums.lateMinutes,
  earlyExitDays: sums.earlyExitDays,
  earlyExitMinutes: sums.earlyExitMinutes,
});

/** A report's row as CSV cells: its fields in order, leave in words. */
export const reportCells = (row: object, { sums }: Reported): (string | number | null)[] =>
  Object.entries(row).map(([field, value]) => (field === 'leave' ? leaveInWords(sums.leaveHalves) : value));
