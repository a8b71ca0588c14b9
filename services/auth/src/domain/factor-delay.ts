/** Wrong codes in a row that cost nothing: fingers slip, and codes change while they are typed. */
export const FREE_FAILURES = 5;
const firstDelaySeconds = 30;
const longestDelaySeconds = 15 * 60;

/**
 * Seconds until another code is looked at after `failures` wrong ones in a row. Only who knows the password gets here, so
 * it slows nobody down for a stranger; three codes in a million are good at a time, and the longest delay leaves 96 a day.
 */
export function factorDelaySeconds(failures: number): number {
  if (failures < FREE_FAILURES) return 0;
  return Math.min(longestDelaySeconds, firstDelaySeconds * 2 ** Math.min(failures - FREE_FAILURES, 16));
}
