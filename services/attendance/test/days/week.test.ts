import { describe, expect, it } from 'vitest';
import {
  type AttendanceDay,
  deriveDay,
  deriveWeek,
  type Fact,
  plainRules,
  type RuleSet,
} from '../../src/domain/days/index.ts';
import { hour } from './night-shift.ts';

describe('a fixed week of 168 hours', () => {
  const anchorMs = Date.parse('2026-03-23T00:00:00Z');
  const rules: RuleSet = { ...plainRules, week: { anchorMs, afterMinutes: 600, maxMinutes: 60 } };
  const work = (fromMs: number, toMs: number, date: string): AttendanceDay => {
    const facts: Fact[] = [
      { kind: 'punch', id: 'i', type: 'IN', atMs: fromMs, source: 'web' },
      { kind: 'punch', id: 'o', type: 'OUT', atMs: toMs, source: 'web' },
    ];
    const none = { joinedOn: null, leftOn: null, shifts: [], leave: [], holidays: [], approvals: [] };
    return deriveDay(
      { ...none, employeeId: 'p', zone: 'Europe/Berlin', facts, rules, knownUntilMs: toMs + 99 * hour },
      date,
    );
  };

  it('begins and ends to the millisecond, whatever the clocks do in it', () => {
    const week = 168 * hour;
    expect(deriveWeek(anchorMs, [], rules)).toMatchObject({ fromMs: anchorMs, toMs: anchorMs + week });
    expect(deriveWeek(anchorMs + week - 1, [], rules)).toMatchObject({ fromMs: anchorMs });
    expect(deriveWeek(anchorMs - 1, [], rules)).toMatchObject({ fromMs: anchorMs - week });
    // Sunday night over the border: each week has its own part.
    const borderMs = anchorMs + week;
    const night = work(borderMs - 3 * hour, borderMs + 4 * hour, '2026-03-29');
    expect(deriveWeek(borderMs - 1, [night], rules)?.workedMs).toBe(3 * hour);
    expect(deriveWeek(borderMs, [night], rules)?.workedMs).toBe(4 * hour);
  });

  it('adds what the days did not pay, up to its maximum', () => {
    const at = (hours: number): number => anchorMs + hours * hour;
    const ten = work(at(8), at(18), '2026-03-23');
    expect(deriveWeek(anchorMs, [ten], rules)).toMatchObject({ countedMs: 0 });
    const more = (ms: number): AttendanceDay => work(at(32), at(32) + ms, '2026-03-24');
    expect(deriveWeek(anchorMs, [ten, more(1)], rules)).toMatchObject({ countedMs: 1 });
    expect(deriveWeek(anchorMs, [ten, more(hour), ten], rules)).toMatchObject({ countedMs: hour });
    expect(deriveWeek(anchorMs, [ten, more(hour + 1)], rules)).toMatchObject({ countedMs: hour });
  });
});
