import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { type CalendarEntry, type CalendarShift, calendarShifts } from '../../src/domain/calendar/calendar-entry.ts';
import { changedEntries, toldAfter } from '../../src/domain/calendar/changed-entries.ts';
import { writeCalendar } from '../../src/domain/calendar/write-calendar.ts';
import { plusDays } from '../../src/domain/days/wall-time.ts';
import { afterGap, instantsOf } from '../days/intl-wall.ts';
import { nights } from '../days/random-record.ts';
import { dayShift } from '../days/scenario.ts';

const person = '0193b9aa-0000-7000-8000-00000000a0a0';
const first = (shifts: readonly CalendarShift[], nowMs = 0) => toldAfter([], changedEntries([], shifts, nowMs));

/** What another parser reads. */
const read = (text: string) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((event) => {
    const time = (name: string): number => (event.getFirstPropertyValue(name) as ICAL.Time).toJSDate().getTime();
    const value = (name: string) => event.getFirstPropertyValue(name);
    return {
      uid: value('uid'),
      sequence: value('sequence'),
      summary: value('summary'),
      location: value('location'),
      status: value('status'),
      start: time('dtstart'),
      end: time('dtend'),
      stamp: time('dtstamp'),
      isUtc: (value('dtstart') as ICAL.Time).zone === ICAL.Timezone.utcTimezone,
    };
  });

describe.each(nights)('%s on the night of %s', (zone, date) => {
  it.each([
    ['22:00', '06:00'],
    ['01:30', '09:30'],
    ['02:15', '02:15'],
    ['18:00', '02:30'],
  ])('a shift %s–%s lies where the wall clock shows it', (start, end) => {
    const shift = { ...dayShift, start, end };
    const planned = [-1, 0, 1].map((days) => ({
      date: plusDays(date, days),
      zone,
      shift,
      source: 'ASSIGNMENT' as const,
    }));
    const entries = read(writeCalendar(person, first(calendarShifts(planned, null))));
    const at = (day: string, time: string, edge: 'start' | 'end'): number => {
      const found = instantsOf(day, time, zone);
      return (edge === 'start' ? found[0] : found.at(-1)) ?? afterGap(day, time, zone);
    };
    // On a date the zone skipped nothing begins.
    const days = planned.map((one) => one.date).filter((day) => instantsOf(day, '12:00', zone).length > 0);
    expect(entries.map(({ start: begins }) => begins)).toEqual(days.map((day) => at(day, start, 'start')));
    for (const [i, day] of days.entries()) {
      const endsOn = start < end ? day : plusDays(day, 1);
      if (instantsOf(endsOn, '12:00', zone).length === 0) continue;
      const [begins, ends] = [at(day, start, 'start'), at(endsOn, end, 'end')];
      expect(entries[i]?.end).toBe(Math.max(begins, ends));
    }
    expect(entries.every(({ isUtc }) => isUtc)).toBe(true);
  });
});

const minute = 60_000;
const shift: fc.Arbitrary<CalendarShift> = fc
  .record({
    day: fc.integer({ min: 0, max: 6 }),
    shiftId: fc.constantFrom('early', 'late', 'night'),
    // What breaks naive writers: separators, quotes, line ends, long lines, letters of several bytes.
    name: fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 90 })
      .filter((name) => name.trim() !== '' && !/[\p{Cc}]/u.test(name)),
    place: fc.option(fc.constantFrom('Gate 4; yard, "north"', 'Zürich')),
    from: fc.integer({ min: 0, max: 1439 }),
    length: fc.integer({ min: 1, max: 1440 }),
  })
  .map(({ day, from, length, ...rest }) => ({
    ...rest,
    date: `2026-03-0${day + 1}`,
    startsAtMs: Date.UTC(2026, 2, day + 1) + from * minute,
    endsAtMs: Date.UTC(2026, 2, day + 1) + (from + length) * minute,
  }));
const roster = fc.uniqueArray(shift, { selector: ({ date, shiftId }) => `${date} ${shiftId}`, maxLength: 8 });

describe('what a calendar is told', () => {
  it('another parser reads every shift as it was given', () => {
    fc.assert(
      fc.property(roster, (shifts) => {
        const entries = first(shifts, 1_767_225_600_000);
        const events = read(writeCalendar(person, entries));
        expect(events.map(({ summary, location, start, end }) => ({ summary, location, start, end }))).toEqual(
          entries.map(({ name, place, startsAtMs, endsAtMs }) => ({
            summary: name,
            location: place,
            start: startsAtMs,
            end: endsAtMs,
          })),
        );
        expect(new Set(events.map(({ uid }) => uid)).size).toBe(shifts.length);
        for (const { status, sequence, stamp } of events)
          expect({ status, sequence, stamp }).toEqual({ status: 'CONFIRMED', sequence: 0, stamp: 1_767_225_600_000 });
      }),
      { numRuns: 300 },
    );
  });

  it('whatever rosters follow each other: it shows the last, and every change raised the sequence of its uid', () => {
    fc.assert(
      fc.property(fc.array(roster, { minLength: 1, maxLength: 6 }), (rosters) => {
        let told: CalendarEntry[] = [];
        for (const [step, shifts] of rosters.entries()) {
          const changes = changedEntries(told, shifts, step * 1000);
          const after = toldAfter(told, changes);
          const before = new Map(read(writeCalendar(person, told)).map((event) => [event.uid, event]));
          for (const event of read(writeCalendar(person, after))) {
            const earlier = before.get(event.uid);
            if (!earlier) continue;
            const { sequence: was, stamp: wasStamped, ...old } = earlier;
            const { sequence: is, stamp, ...now } = event;
            const changed = JSON.stringify(old) !== JSON.stringify(now);
            expect(Number(is) - Number(was)).toBe(changed ? 1 : 0);
            expect(stamp).toBe(changed ? step * 1000 : wasStamped);
          }
          // Nothing that was ever told is forgotten: a calendar that asks seldom still learns that it is off.
          expect(after.length).toBeGreaterThanOrEqual(told.length);
          const alive = after.filter(({ cancelled }) => !cancelled);
          const bare = alive.map(({ cancelled: _, sequence: __, changedAtMs: ___, ...rest }) => rest);
          expect(new Set(bare.map((one) => JSON.stringify(one, Object.keys(one).sort())))).toEqual(
            new Set(shifts.map((one) => JSON.stringify(one, Object.keys(one).sort()))),
          );
          expect(changedEntries(after, shifts, 9_999_000)).toEqual([]);
          told = after;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('the same entries give the same bytes', () => {
    const entries = first(
      calendarShifts([{ date: '2026-03-02', zone: 'UTC', shift: dayShift, source: 'DEFAULT' }], 'Hall'),
    );
    expect(writeCalendar(person, entries)).toBe(writeCalendar(person, structuredClone(entries)));
  });
});
