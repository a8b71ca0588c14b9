import { z } from 'zod';
import {
  type Fact,
  type PersonRecord,
  type PunchType,
  plainRules,
  type RuleSet,
  type ShiftType,
} from '../../src/domain/days/index.ts';

const overrides = z.record(z.string(), z.unknown());
const time = z.string().regex(/^\d\d:\d\d$/);

/**
 * A person's record as a payroll clerk writes it. Facts and the like are one line each:
 * `p1 IN 2026-03-02T08:58+01:00 [source]`, `c1 add OUT <instant> decided <instant>`, `c2 replace p1 IN <instant> decided <instant>`,
 * `c3 void p1 decided <instant>`; `2026-03-02 FIRST_HALF annual`; `2026-01-01 PUBLIC New Year`; `2026-03-02 60` (minutes).
 */
export const scenarioSchema = z.strictObject({
  title: z.string(),
  zone: z.string(),
  knownUntil: z.string(),
  days: z.array(z.string()),
  week: z.string().optional(),
  joinedOn: z.string().optional(),
  leftOn: z.string().optional(),
  rules: overrides.default({}),
  shifts: z.array(overrides.and(z.object({ name: z.string(), start: time, end: time, dates: z.array(z.string()) }))),
  facts: z.array(z.string()),
  leave: z.array(z.string()).default([]),
  holidays: z.array(z.string()).default([]),
  overtimeApproved: z.array(z.string()).default([]),
});
export type Scenario = z.input<typeof scenarioSchema>;

/** A shift type with nothing switched on. */
export const dayShift: ShiftType = {
  id: '019a0000-0000-7000-8000-0000000000da',
  name: 'Day',
  start: '09:00',
  end: '17:00',
  checkInBeforeMinutes: 60,
  checkOutAfterMinutes: 60,
  lateGraceMinutes: 0,
  earlyGraceMinutes: 0,
  breaks: { punched: 'UNPAID', automatic: null },
  absentBelowMinutes: 0,
  halfDayBelowMinutes: 0,
  overtime: null,
  autoClose: null,
};

/** RFC 3339 as Unix milliseconds. */
export const ms = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;

/** The record a scenario describes. */
export function recordOf(input: Scenario): PersonRecord {
  const scenario = scenarioSchema.parse(input);
  const { zone } = scenario;
  return {
    employeeId: 'person',
    zone,
    joinedOn: scenario.joinedOn ?? null,
    leftOn: scenario.leftOn ?? null,
    facts: scenario.facts.map(factOf),
    shifts: scenario.shifts.flatMap(({ dates, ...given }) => {
      const shift = { ...dayShift, id: given.name.toLowerCase(), ...given } as ShiftType;
      return dates.map((date) => ({ date, zone, shift, source: 'ASSIGNMENT' as const }));
    }),
    leave: scenario.leave.map((line) => {
      const [date = '', part, type = ''] = line.split(' ');
      return { id: `leave ${date}`, date, part: part as 'FULL', type };
    }),
    holidays: scenario.holidays.map((line) => {
      const [date = '', kind, ...name] = line.split(' ');
      return { id: `${kind} ${date}`, date, kind: kind as 'PUBLIC', name: name.join(' ') };
    }),
    approvals: scenario.overtimeApproved.map((line) => {
      const [date = '', minutes] = line.split(' ');
      return { id: line, date, minutes: Number(minutes) };
    }),
    rules: { ...plainRules, version: 'golden-1', ...scenario.rules } as RuleSet,
    knownUntilMs: ms(scenario.knownUntil),
  };
}

/** One fact from its line; see {@link scenarioSchema}. */
export function factOf(line: string): Fact {
  const [id = '', verb = '', ...rest] = line.split(' ');
  if (verb !== 'add' && verb !== 'replace' && verb !== 'void') {
    const [at = '', source = 'kiosk'] = rest;
    return { kind: 'punch', id, type: verb as PunchType, atMs: ms(at), source: source as 'kiosk' };
  }
  const [what = '', decided = ''] = line.split(' decided ');
  const words = what.split(' ').slice(2);
  const targetId = verb === 'add' ? null : (words.shift() ?? '');
  const [type, at] = words;
  const punch = verb === 'void' ? null : { type: type as PunchType, atMs: ms(at ?? '') };
  return { kind: 'correction', id, change: verb, targetId, punch, decidedAtMs: ms(decided) };
}
