import type { RosterShift } from './expand-plan.ts';

/** First and last date on which two plans of a person differ; undefined when nobody would notice. */
export function changedDates(
  before: readonly RosterShift[],
  after: readonly RosterShift[],
): { from: string; to: string } | undefined {
  const [then, now] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))];
  const dates = [...before.filter((one) => !now.has(keyOf(one))), ...after.filter((one) => !then.has(keyOf(one)))]
    .map(({ date }) => date)
    .sort();
  const [from, to] = [dates[0], dates.at(-1)];
  return from === undefined || to === undefined ? undefined : { from, to };
}

// Who said so makes no difference to the person.
const keyOf = ({ date, zone, shift }: RosterShift): string => `${date} ${shift.id} ${zone}`;
