import { describe, expect, it } from 'vitest';
import { deriveDay, type PersonRecord, plainRules } from '../../src/domain/days/index.ts';
import { shiftWindows } from '../../src/domain/days/shift-window.ts';
import { wallTime } from '../../src/domain/days/wall-time.ts';
import { afterGap, instantsOf, wallMs } from './intl-wall.ts';
import { nights } from './random-record.ts';
import { dayShift } from './scenario.ts';

const hour = 3_600_000;
const times = Array.from({ length: 96 }, (_, i) => {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(Math.floor(i / 4))}:${two((i % 4) * 15)}`;
});

/** What the rule says, by Intl: a start is the first of two, an end the last; what does not exist moves by the gap. */
function independent(date: string, time: string, zone: string, edge: 'start' | 'end'): number {
  const found = instantsOf(date, time, zone);
  return (edge === 'start' ? found[0] : found.at(-1)) ?? afterGap(date, time, zone);
}

describe.each(nights)('%s on the night of %s', (zone, date) => {
  const next = new Date(Date.parse(`${date}T00:00:00Z`) + 24 * hour).toISOString().slice(0, 10);
  const skipped = instantsOf(next, '12:00', zone).length === 0;

  it('reads every quarter of an hour of both days as Intl does, for a start and for an end', () => {
    for (const day of [date, next])
      for (const time of times)
        for (const edge of ['start', 'end'] as const)
          if (day === next && skipped && edge === 'start') expect(wallTime(day, time, zone, edge)).toBeNull();
          else if (!(day === next && skipped))
            expect([day, time, edge, wallTime(day, time, zone, edge)]).toEqual([
              day,
              time,
              edge,
              independent(day, time, zone, edge),
            ]);
  });

  it('gives shifts their length in real hours', () => {
    for (const start of ['18:00', '20:30', '22:00', '23:59', '00:00'])
      for (const end of ['02:15', '04:00', '06:00', '12:45', start]) {
        const shift = { ...dayShift, start, end };
        const [window] = shiftWindows([{ date, zone, shift, source: 'DEFAULT' }]);
        if (!window) throw new Error('the shift takes place');
        const endsOn = start < end ? date : next;
        if (endsOn === next && skipped) continue;
        const length = independent(endsOn, end, zone, 'end') - independent(date, start, zone, 'start');
        expect([start, end, window.endMs - window.startMs]).toEqual([start, end, length]);
        // By a third way: tick the wall clock through the shift until it shows the end, where it ever does.
        if (instantsOf(endsOn, end, zone).length === 0) continue;
        const ends = Date.parse(`${endsOn}T${end}:00Z`);
        let minutes = 1;
        while (wallMs(window.startMs + minutes * 60_000, zone) !== ends && minutes < 30 * 60) minutes++;
        expect(length - minutes * 60_000).toBeOneOf([0, hour / 2, hour]);
      }
  });

  it('books a night to the day it began, with the hours that passed', () => {
    const shift = { ...dayShift, start: '22:00', end: '06:00' };
    const startMs = independent(date, '22:00', zone, 'start');
    for (const hours of [1, 3, 5, 7, 8, 9]) {
      const record: PersonRecord = {
        employeeId: 'person',
        zone,
        joinedOn: null,
        leftOn: null,
        facts: [
          { kind: 'punch', id: 'in', type: 'IN', atMs: startMs, source: 'kiosk' },
          { kind: 'punch', id: 'out', type: 'OUT', atMs: startMs + hours * hour, source: 'kiosk' },
        ],
        shifts: [{ date, zone, shift, source: 'ASSIGNMENT' }],
        leave: [],
        holidays: [],
        approvals: [],
        rules: plainRules,
        knownUntilMs: startMs + 72 * hour,
      };
      expect(deriveDay(record, date).workedMs).toBe(hours * hour);
      expect(deriveDay(record, next)).toMatchObject({ workedMs: 0, stays: [], status: 'NO_SHIFT' });
    }
  });
});

describe('the nights themselves', () => {
  const length = (zone: string, date: string, start: string, end: string): number => {
    const [window] = shiftWindows([{ date, zone, shift: { ...dayShift, start, end }, source: 'DEFAULT' }]);
    return ((window?.endMs ?? 0) - (window?.startMs ?? 0)) / hour;
  };

  it.each([
    ['Europe/Berlin', '2026-03-28', 7],
    ['Europe/Berlin', '2026-03-27', 8],
    ['Europe/Berlin', '2026-10-24', 9],
    ['America/New_York', '2026-03-07', 7],
    ['America/New_York', '2026-10-31', 9],
    ['Australia/Lord_Howe', '2026-10-03', 7.5],
    ['Australia/Lord_Howe', '2026-04-04', 8.5],
    ['Asia/Kolkata', '2026-03-28', 8],
    ['America/St_Johns', '2026-03-07', 7],
    ['America/St_Johns', '2026-10-31', 9],
    ['Pacific/Apia', '2020-09-26', 7],
    ['Pacific/Apia', '2021-04-03', 9],
    ['Africa/Casablanca', '2026-02-14', 9],
    ['Africa/Casablanca', '2026-03-21', 7],
  ])('%s %s: 22:00–06:00 is %d hours', (zone, date, hours) => {
    expect(length(zone, date, '22:00', '06:00')).toBe(hours);
  });

  it.each([
    ['Europe/Berlin', '2026-03-28', 23],
    ['Europe/Berlin', '2026-10-24', 25],
    ['Asia/Kolkata', '2026-03-28', 24],
  ])('%s %s: start = end lasts until the same time of the next day, %d hours', (zone, date, hours) => {
    expect(length(zone, date, '08:00', '08:00')).toBe(hours);
  });

  it('moves a start inside the gap forward, and leaves nothing of a shift that ends before it', () => {
    expect(length('Europe/Berlin', '2026-03-29', '02:15', '02:45')).toBe(0.5);
    expect(length('Europe/Berlin', '2026-03-29', '02:30', '03:00')).toBe(0);
  });

  it('holds no shift on the day Samoa skipped', () => {
    const planned = ['2011-12-29', '2011-12-30', '2011-12-31'].map((date) => ({
      date,
      zone: 'Pacific/Apia',
      shift: dayShift,
      source: 'DEFAULT' as const,
    }));
    expect(shiftWindows(planned).map(({ date }) => date)).toEqual(['2011-12-29', '2011-12-31']);
  });
});
