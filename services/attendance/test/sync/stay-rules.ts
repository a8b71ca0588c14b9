import { plainRules } from '../../src/domain/days/index.ts';
import { localDay } from '../../src/domain/local-day.ts';
import type { StayRules } from '../../src/domain/sync/stays-of.ts';

export const zone = 'Europe/Berlin';
export const rules: StayRules = {
  rulesOn: () => plainRules,
  localDate: ({ atMs, zone: own }) => localDay(atMs, own ?? zone).date,
};
export const alternating: StayRules = { ...rules, rulesOn: () => ({ ...plainRules, punches: 'ALTERNATING' }) };
/** By type on the even dates, alternating on the odd ones: rules change every night. */
export const changing: StayRules = {
  ...rules,
  rulesOn: (date) => (Number(date.slice(-1)) % 2 === 0 ? rules : alternating).rulesOn(date),
};
