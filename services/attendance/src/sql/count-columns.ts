import type { StayCount } from '../domain/days/index.ts';

/** The columns of {@link countJson}, for `json_to_recordset`. */
export const countColumns = `shift_id uuid, shift_name text, shift_date date, late_minutes integer, late_after timestamptz,
  late_grace integer, early_exit_minutes integer, early_exit_before timestamptz, early_exit_grace integer`;

/** What a session is counted against as an object; absent fields stay out of the text and arrive as null. */
export function countJson({ shift, late, earlyExit }: Partial<StayCount>): Record<string, unknown> {
  return {
    shift_id: shift?.id,
    shift_name: shift?.name,
    shift_date: shift?.date,
    late_minutes: late?.minutes,
    late_after: late ? new Date(late.dueMs).toISOString() : undefined,
    late_grace: late?.graceMinutes,
    early_exit_minutes: earlyExit?.minutes,
    early_exit_before: earlyExit ? new Date(earlyExit.dueMs).toISOString() : undefined,
    early_exit_grace: earlyExit?.graceMinutes,
  };
}
