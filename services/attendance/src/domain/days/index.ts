// What other parts of the service use of the attendance day.
export type { AttendanceDay, DayFlag, DayShift, DayStatus } from './attendance-day.ts';
export { dayFlags, dayStatuses } from './attendance-day.ts';
export { type CountedMinutes, notCounted, type StayCount } from './count-stays.ts';
export { type DoorCount, deriveDay, deriveDays, deriveEventfulDays, deriveWithStays } from './derive-days.ts';
export { deriveWeek, type OvertimeWeek, weekAt } from './derive-week.ts';
export { explainDay } from './explain-day.ts';
export type { ExplainedDay, ExplainedSpan } from './explanation.ts';
export { explainedBy } from './explanation.ts';
export type { CorrectionFact, Fact, PunchFact, PunchType } from './facts.ts';
export {
  factsReach,
  type HolidayDay,
  type LeaveDay,
  type OvertimeApproval,
  type PersonRecord,
  type RuleChange,
} from './person-record.ts';
export { freshRules, type OvertimeRule, plainRules, type Rounding, type RuleSet, type WeekRule } from './rules.ts';
export { rulesOn } from './rules-on.ts';
export type { AutoCloseRule, BreakRule, PlannedShift, ShiftType } from './shift-type.ts';
