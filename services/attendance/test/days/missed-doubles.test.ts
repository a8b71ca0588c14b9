import { describe, expect, it } from 'vitest';
import { type Fact, plainRules } from '../../src/domain/days/index.ts';
import { hour, minute, nightShift } from './night-shift.ts';
import { nights } from './random-record.ts';

// Both sides of every border, in every zone, on the nights on which the clocks change.
describe.each(nights)('%s, night shift of %s', (zone, date) => {
  const { start, end, punch, stay, day } = nightShift(zone, date);

  it('a missed check-out closes by tolerance or at a fixed time, and a late real punch replaces it', () => {
    const tolerance = { autoClose: { by: 'TOLERANCE' as const, minutes: 30 } };
    const closes = end + 30 * minute;
    expect(day([punch('in', 'IN', start)], tolerance).autoCloseAtMs).toBe(closes);
    expect(day([punch('in', 'IN', start)], { autoClose: { by: 'FIXED', time: '06:00' } }).autoCloseAtMs).toBe(end);
    const auto = [punch('in', 'IN', start), punch('auto', 'OUT', closes, 'auto')];
    expect(day(auto, tolerance)).toMatchObject({
      flags: ['AUTO_CLOSED'],
      workedMs: closes - start,
      autoCloseAtMs: null,
    });
    for (const realMs of [end - hour, closes, closes + hour])
      expect(day([...auto, punch('real', 'OUT', realMs)], tolerance)).toMatchObject({
        workedMs: realMs - start,
        stays: [{ outId: 'real', auto: false }],
        supersededIds: ['auto'],
      });
  });

  it('a check-out belongs to the check-in at most the longest stay before it', () => {
    const most = plainRules.longestStayMinutes * minute;
    expect(day(stay(start, start + most)).stays).toMatchObject([{ outId: 'out' }]);
    expect(day(stay(start, start + most + 1)).stays).toMatchObject([{ outId: null }]);
  });

  it.each([
    ['within the repeat time', minute, { repeatedIds: ['again'], workedMs: 4 * hour }],
    ['later', minute + 1, { repeatedIds: [], workedMs: 4 * hour - minute - 1 }],
  ])('a double check-in %s', (_, afterMs, expected) => {
    expect(day([...stay(start, start + 4 * hour), punch('again', 'IN', start + afterMs)])).toMatchObject(expected);
  });

  it('contradictions are one visible conflict of one day', () => {
    const added: Fact = {
      kind: 'correction',
      id: 'c',
      change: 'add',
      targetId: null,
      punch: { type: 'IN', atMs: start + hour },
      decidedAtMs: end,
    };
    expect(day([...stay(start, end), added])).toMatchObject({
      conflicts: [{ kind: 'TWO_CHECK_INS', factIds: ['c', 'in'], countedId: 'c' }],
      workedMs: end - start - hour,
    });
    const replaced = (id: string, atMs: number, decidedAtMs: number): Fact => ({
      kind: 'correction',
      id,
      change: 'replace',
      targetId: 'in',
      punch: { type: 'IN', atMs },
      decidedAtMs,
    });
    const two = [...stay(start, end), replaced('c1', start + hour, 1), replaced('c2', start + 2 * hour, 1)];
    expect(day(two)).toMatchObject({
      conflicts: [{ kind: 'TWO_CORRECTIONS', factIds: ['c1', 'c2', 'in'], countedId: 'c2' }],
      stays: [{ inId: 'c2' }],
    });
    // Withdrawing one settles it.
    expect(
      day([...two, { kind: 'correction', id: 'c3', change: 'void', targetId: 'c2', punch: null, decidedAtMs: 2 }]),
    ).toMatchObject({
      conflicts: [],
      stays: [{ inId: 'c1' }],
    });
  });
});
