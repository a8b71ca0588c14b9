import type { StayCount } from '../../src/domain/days/count-stays.ts';
import {
  deriveWithStays,
  type LeaveDay,
  type PersonRecord,
  type PunchFact,
  plainRules,
  type ShiftType,
} from '../../src/domain/days/index.ts';
import { plusDays } from '../../src/domain/days/wall-time.ts';
import { countCheckIn, countCheckOut } from '../../src/domain/door/count-punch.ts';
import type { DoorShift } from '../../src/domain/door/door-shift.ts';
import { livePlansOf } from '../../src/domain/live/live-plan.ts';
import { localDay } from '../../src/domain/local-day.ts';
import { dayShift } from '../days/scenario.ts';

export const date = '2026-11-20';
export const berlin = 'Europe/Berlin';
export const minute = 60_000;
export const type = (start: string, end: string, more: Partial<ShiftType> = {}): ShiftType => ({
  ...dayShift,
  ...{ id: `${start}-${end}`, name: `${start}–${end}`, start, end },
  ...{ lateGraceMinutes: 5, earlyGraceMinutes: 5 },
  ...more,
});
export const longestStayMs = plainRules.longestStayMinutes * minute;
export const early = type('06:00', '14:00');
export const split = [type('06:00', '10:00'), type('16:00', '20:00')];

export interface Plan {
  zone?: string;
  on?: string;
  leave?: LeaveDay['part'];
  more?: Partial<PersonRecord>;
}
export const recordOf = (
  types: readonly ShiftType[],
  { zone = berlin, on = date, leave, more }: Plan = {},
): PersonRecord => ({
  employeeId: 'p',
  zone,
  joinedOn: null,
  leftOn: null,
  facts: [],
  shifts: [on, plusDays(on, 1)].flatMap((one) =>
    types.map((shift) => ({ date: one, zone, shift, source: 'ASSIGNMENT' as const })),
  ),
  leave: leave ? [{ id: 'l', date: on, part: leave, type: 'annual' }] : [],
  holidays: [],
  approvals: [],
  rules: plainRules,
  knownUntilMs: 0,
  ...more,
});

/** What the door knows of a record: the stored plans that count at an instant. */
export const doorOf = (record: PersonRecord, around: string, atMs: number, sinceMs = atMs): DoorShift[] =>
  livePlansOf(record, plusDays(around, -2), plusDays(around, 3))
    .filter(({ fromMs, untilMs }) => fromMs <= atMs && untilMs >= sinceMs)
    .flatMap(({ door }) => JSON.parse(JSON.stringify(door)) as DoorShift[]);

/** Stays as the door counts them, one after the other: what was answered at each check-in, and at each check-out. */
export function throughTheDoor(
  record: PersonRecord,
  around: string,
  stays: readonly [from: number, to: number | null][],
) {
  const known: { date: string; fromMs: number; toMs: number | null; count: StayCount }[] = [];
  for (const [fromMs, toMs] of stays) {
    const local = localDay(fromMs, record.zone).date;
    const count = countCheckIn(doorOf(record, around, fromMs), known, fromMs);
    const stay = { date: count.shift?.date ?? local, fromMs, toMs, count };
    known.push(stay);
    if (toMs === null) continue;
    const out = countCheckOut(doorOf(record, around, toMs, toMs - longestStayMs), stay, toMs);
    stay.count = { ...count, shift: out.shift ?? count.shift, earlyExit: out.earlyExit };
    stay.date = stay.count.shift?.date ?? local;
  }
  return known.map((one) => one.count);
}

export const at = (time: string, on = date, zone = berlin): number =>
  Temporal.PlainDateTime.from(`${on}T${time}`).toZonedDateTime(zone).epochMilliseconds;
export const told = ({ shift, late, earlyExit }: StayCount) => [
  shift?.name ?? null,
  late?.minutes ?? 0,
  earlyExit?.minutes ?? 0,
];

/** Stays as facts of the same record, counted by the day. */
export function ofTheDay(record: PersonRecord, stays: readonly [number, number | null][]): StayCount[] {
  const facts = stays.flatMap(([fromMs, toMs], i): PunchFact[] => [
    { kind: 'punch', id: `i${i}`, type: 'IN', atMs: fromMs, source: 'web' },
    ...(toMs === null ? [] : [{ kind: 'punch', id: `o${i}`, type: 'OUT', atMs: toMs, source: 'web' } as const]),
  ]);
  const first = localDay(stays[0]?.[0] ?? 0, record.zone).date;
  const { counts } = deriveWithStays({ ...record, facts }, plusDays(first, -3), plusDays(first, 9));
  return stays.map((_, i) => {
    const { shift = null, late = null, earlyExit = null } = counts.find(({ inId }) => inId === `i${i}`) ?? {};
    return { shift, late, earlyExit };
  });
}
