/**
 * Half days of a leave year for somebody hired on a date (null: before): who joins within it has a twelfth for each month begun,
 * rounded to half days.
 */
export function entitlementOf(entitlement: number, leaveYear: string, hiredOn: string | null): number {
  if (hiredOn === null || hiredOn <= leaveYear) return entitlement;
  const [start, hired] = [Temporal.PlainDate.from(leaveYear), Temporal.PlainDate.from(hiredOn)];
  const missed = (hired.year - start.year) * 12 + hired.month - start.month;
  return Math.round((entitlement * Math.max(0, 12 - missed)) / 12);
}
