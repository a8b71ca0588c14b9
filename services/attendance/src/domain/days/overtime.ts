import type { Duty } from './duty.ts';
import type { OvertimeApproval } from './person-record.ts';
import type { OvertimeRule } from './rules.ts';

/** Overtime of one day or week. Milliseconds. */
export interface Overtime {
  kind: 'NORMAL' | 'WEEKEND' | 'HOLIDAY';
  /** Worked beyond what was expected. */
  workedMs: number;
  /** What counts of it: the maximum, and approval where it is asked for. */
  countedMs: number;
  /** `countedMs` times its multiplier, rounded down. */
  weightedMs: number;
  awaitsApproval: boolean;
}

/**
 * Work beyond the shift's length; on holidays and days off all of it. Null where there is none, and where nothing says how
 * long the day should have been.
 */
export function overtimeOf(
  workedMs: number,
  duty: Duty,
  rule: OvertimeRule | null,
  approvals: readonly OvertimeApproval[],
): Overtime | null {
  const kind = kinds[duty.kind];
  const beyond = workedMs - duty.expectedMs;
  if (!rule || !kind || beyond <= 0) return null;
  const approvedMs = new Map(approvals.map(({ id, minutes }) => [id, minutes * 60_000]))
    .values()
    .reduce((a, b) => a + b, 0);
  const allowed = rule.needsApproval ? approvedMs : Number.POSITIVE_INFINITY;
  const most = rule.maxMinutes > 0 ? rule.maxMinutes * 60_000 : Number.POSITIVE_INFINITY;
  const payable = Math.min(beyond, most);
  const decidedMs = Math.max(-1, ...approvals.map(({ ofMs = -1 }) => ofMs));
  const countedMs = Math.min(payable, allowed);
  const percent = rule.percent[kind === 'HOLIDAY' ? 'holiday' : kind === 'WEEKEND' ? 'weekend' : 'normal'];
  return {
    kind,
    workedMs: beyond,
    countedMs,
    weightedMs: weigh(countedMs, percent),
    awaitsApproval: rule.needsApproval && countedMs < payable && beyond > decidedMs,
  };
}

/** Milliseconds times whole percent, rounded down once. */
export const weigh = (ms: number, percent: number): number => Math.floor((ms * percent) / 100);

const kinds: Partial<Record<Duty['kind'], Overtime['kind']>> = {
  WORKDAY: 'NORMAL',
  HOLIDAY: 'HOLIDAY',
  WEEKLY_OFF: 'WEEKEND',
};
