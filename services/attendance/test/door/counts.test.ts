import { describe, expect, it } from 'vitest';
import type { LeaveDay } from '../../src/domain/days/index.ts';
import { plusDays } from '../../src/domain/days/wall-time.ts';
import { countCheckIn } from '../../src/domain/door/count-punch.ts';
import { earlyExitReason, lateReason } from '../../src/domain/door/reasons.ts';
import { nights } from '../days/random-record.ts';
import { at, berlin, date, early, ofTheDay, recordOf, split, throughTheDoor, told, type } from './counting.ts';

describe('a check-in is counted against', () => {
  it.each<[string, string, (string | number | null)[], string | null]>([
    ['a millisecond before the window', '04:59:59.999', [null, 0, 0], null],
    ['where the window begins', '05:00', ['06:00–14:00', 0, 0], null],
    ['the very start', '06:00', ['06:00–14:00', 0, 0], null],
    ['not a whole minute later', '06:00:59.999', ['06:00–14:00', 0, 0], null],
    ['a minute later', '06:01', ['06:00–14:00', 1, 0], '1 minute after 06:00, within the 5 minutes of grace'],
    ['the end of grace', '06:05:59.999', ['06:00–14:00', 5, 0], '5 minutes after 06:00, within the 5 minutes of grace'],
    ['grace is over', '06:06', ['06:00–14:00', 6, 0], '6 minutes after 06:00, more than the 5 minutes of grace'],
    [
      'where the window ends',
      '15:00',
      ['06:00–14:00', 540, 0],
      '540 minutes after 06:00, more than the 5 minutes of grace',
    ],
    ['a millisecond after the window', '15:00:00.001', [null, 0, 0], null],
  ])('%s', (_what, time, expected, reason) => {
    const [count] = throughTheDoor(recordOf([early]), date, [[at(time), null]]);
    expect(count && told(count)).toEqual(expected);
    expect(count?.late ? lateReason(count.late, berlin) : null).toBe(reason);
  });

  it('nothing where nothing is planned, and where no plan is known', () => {
    expect(throughTheDoor(recordOf([]), date, [[at('06:10'), at('07:00')]]).map(told)).toEqual([[null, 0, 0]]);
    expect(countCheckIn([], [], at('06:10'))).toEqual({ shift: null, late: null, earlyExit: null });
  });

  it('says no word of grace where there is none', () => {
    const strict = type('06:00', '14:00', { lateGraceMinutes: 0 });
    const [count] = throughTheDoor(recordOf([strict]), date, [[at('06:02'), null]]);
    expect(count?.late && lateReason(count.late, berlin)).toBe('2 minutes after 06:00');
  });
});

describe('a check-out', () => {
  it.each<[string, string, (string | number | null)[], string | null]>([
    ['grace is not enough', '13:54', ['06:00–14:00', 0, 6], '6 minutes before 14:00, more than the 5 minutes of grace'],
    ['within grace', '13:55', ['06:00–14:00', 0, 5], '5 minutes before 14:00, within the 5 minutes of grace'],
    ['less than a minute early', '13:59:00.001', ['06:00–14:00', 0, 0], null],
    ['in time', '14:00', ['06:00–14:00', 0, 0], null],
    ['hours after the window', '23:50', ['06:00–14:00', 0, 0], null],
  ])('%s', (_what, time, expected, reason) => {
    const [count] = throughTheDoor(recordOf([early]), date, [[at('06:00'), at(time)]]);
    expect(count && told(count)).toEqual(expected);
    expect(count?.earlyExit ? earlyExitReason(count.earlyExit, berlin) : null).toBe(reason);
  });

  it('tells the shift of somebody who came before its window and works through it', () => {
    const stays = throughTheDoor(recordOf([early]), date, [[at('04:00'), at('13:00')]]);
    expect(stays.map(told)).toEqual([['06:00–14:00', 0, 60]]);
  });
});

describe('of several stays', () => {
  it('only the first is late, and only the last left early', () => {
    const record = recordOf([early]);
    const stays: [number, number][] = [
      [at('06:30'), at('10:00')],
      [at('10:30'), at('13:00')],
    ];
    const door = throughTheDoor(record, date, stays);
    // When they left at ten nobody knew that they would come back: the day does, and the session follows it.
    expect(door.map(told)).toEqual([
      ['06:00–14:00', 30, 240],
      ['06:00–14:00', 0, 60],
    ]);
    expect(ofTheDay(record, stays).map(told)).toEqual([
      ['06:00–14:00', 30, 0],
      ['06:00–14:00', 0, 60],
    ]);
  });

  it('each of split shifts has a first of its own', () => {
    const door = throughTheDoor(recordOf(split), date, [
      [at('06:07'), at('10:00')],
      [at('16:08'), at('19:50')],
    ]);
    expect(door.map(told)).toEqual([
      ['06:00–10:00', 7, 0],
      ['16:00–20:00', 8, 10],
    ]);
  });

  it('whoever stays from one split shift into the next is late for neither, and early only for the last', () => {
    const door = throughTheDoor(recordOf(split), date, [
      [at('05:55'), at('18:00')],
      [at('18:30'), null],
    ]);
    expect(door.map(told)).toEqual([
      ['06:00–10:00', 0, 120],
      ['16:00–20:00', 0, 0],
    ]);
  });

  it('who came long before the window, worked through it and comes back is not late', () => {
    const door = throughTheDoor(recordOf([early]), date, [
      [at('04:00'), at('09:00')],
      [at('09:30'), null],
    ]);
    expect(door[1] && told(door[1])).toEqual(['06:00–14:00', 0, 0]);
  });

  it('a night before is another date: who comes for the next shift is late for it', () => {
    const record = recordOf([type('22:00', '06:00')], {
      more: {
        shifts: [
          { date: plusDays(date, -1), zone: berlin, shift: type('22:00', '06:00'), source: 'ASSIGNMENT' },
          { date, zone: berlin, shift: type('08:00', '16:00'), source: 'ASSIGNMENT' },
        ],
      },
    });
    const door = throughTheDoor(record, date, [
      [at('03:00'), at('08:30')],
      [at('08:40'), null],
    ]);
    expect(door.map(told)).toEqual([
      ['22:00–06:00', 300, 0],
      ['08:00–16:00', 40, 0],
    ]);
  });
});

describe('leave', () => {
  it.each<[LeaveDay['part'], string, string, (string | number | null)[], string | null]>([
    ['FIRST_HALF', '10:07', '14:00', ['06:00–14:00', 7, 0], '7 minutes after 10:00, more than the 5 minutes of grace'],
    ['SECOND_HALF', '06:00', '10:00', ['06:00–14:00', 0, 0], null],
    ['FULL', '09:00', '10:00', ['06:00–14:00', 0, 0], null],
  ])('%s takes its part of what is due', (leave, from, to, expected, reason) => {
    const [count] = throughTheDoor(recordOf([early], { leave }), date, [[at(from), at(to)]]);
    expect(count && told(count)).toEqual(expected);
    expect(count?.late ? lateReason(count.late, berlin) : null).toBe(reason);
  });

  it('a half that takes a whole split shift leaves its punches with it', () => {
    const door = throughTheDoor(recordOf(split, { leave: 'FIRST_HALF' }), date, [[at('07:00'), at('08:00')]]);
    expect(door.map(told)).toEqual([['06:00–10:00', 0, 0]]);
  });
});

describe('nights on which the clocks change', () => {
  const night = type('22:00', '06:00');
  it.each(nights.filter(([, on]) => on !== '2011-12-29'))('%s %s', (zone, on) => {
    const record = recordOf([night], { zone, on });
    const [from, to] = [at('22:06', on, zone), at('05:54', plusDays(on, 1), zone)];
    const [count] = throughTheDoor(record, on, [[from, to]]);
    expect(count && told(count)).toEqual(['22:00–06:00', 6, 6]);
    expect(count?.shift?.date).toBe(on);
    expect(count?.late && lateReason(count.late, zone)).toBe('6 minutes after 22:00, more than the 5 minutes of grace');
    expect(count?.earlyExit && earlyExitReason(count.earlyExit, zone)).toMatch(/^6 minutes before 06:00,/);
    // After the clocks changed it is still a second stay of the same shift.
    const [, second] = throughTheDoor(record, on, [
      [from, at('01:00', plusDays(on, 1), zone)],
      [at('05:00', plusDays(on, 1), zone), null],
    ]);
    expect(second && told(second)).toEqual(['22:00–06:00', 0, 0]);
  });

  it('a start in the hour that does not exist is due after the gap', () => {
    const gap = type('02:30', '09:00');
    const [count] = throughTheDoor(recordOf([gap], { on: '2026-03-29' }), '2026-03-29', [
      [at('03:42', '2026-03-29'), null],
    ]);
    expect(count?.late && lateReason(count.late, berlin)).toBe(
      '12 minutes after 03:30, more than the 5 minutes of grace',
    );
  });
});
