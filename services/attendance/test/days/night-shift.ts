import {
  type AttendanceDay,
  deriveDay,
  type Fact,
  type PersonRecord,
  type PunchType,
  plainRules,
  type RuleSet,
  type ShiftType,
} from '../../src/domain/days/index.ts';
import { shiftWindows } from '../../src/domain/days/shift-window.ts';
import { dayShift } from './scenario.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const on = (changes: Partial<ShiftType>): ShiftType => ({
  ...dayShift,
  start: '22:00',
  end: '06:00',
  ...changes,
});

/** Somebody on the night shift of that date, and what the tests of its rules ask about. */
export function nightShift(zone: string, date: string) {
  const [plain] = shiftWindows([{ date, zone, shift: on({}), source: 'ASSIGNMENT' }]);
  if (!plain) throw new Error('the shift takes place');
  const { startMs: start, endMs: end } = plain;
  const base: PersonRecord = {
    employeeId: 'person',
    zone,
    joinedOn: null,
    leftOn: null,
    facts: [],
    shifts: [{ date, zone, shift: on({}), source: 'ASSIGNMENT' }],
    leave: [],
    holidays: [],
    approvals: [],
    rules: plainRules,
    knownUntilMs: end + 48 * hour,
  };
  const punch = (id: string, type: PunchType, atMs: number, source: 'kiosk' | 'auto' = 'kiosk'): Fact => ({
    kind: 'punch',
    id,
    type,
    atMs,
    source,
  });
  const stay = (fromMs: number, toMs: number): Fact[] => [punch('in', 'IN', fromMs), punch('out', 'OUT', toMs)];
  const day = (facts: Fact[], shift: Partial<ShiftType> = {}, more: Partial<PersonRecord> = {}): AttendanceDay =>
    deriveDay({ ...base, facts, shifts: [{ date, zone, shift: on(shift), source: 'ASSIGNMENT' }], ...more }, date);
  const rules = (changes: Partial<RuleSet>): Partial<PersonRecord> => ({ rules: { ...plainRules, ...changes } });
  return { start, end, punch, stay, day, rules };
}
