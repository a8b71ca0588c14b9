import { describe, expect, it } from 'vitest';
import { deriveDay, deriveEventfulDays, type Fact, type PunchType, plainRules } from '../../src/domain/days/index.ts';
import { hour } from './night-shift.ts';
import { dayShift } from './scenario.ts';

describe('a person who works elsewhere by now', () => {
  it('keeps the dates of the place where the punches were made', () => {
    const punch = (id: string, type: PunchType, at: string): Fact => ({
      kind: 'punch',
      id,
      type,
      atMs: Date.parse(at),
      source: 'web',
      zone: 'Europe/Berlin',
    });
    const facts = [punch('a', 'IN', '2026-03-01T23:30:00Z'), punch('b', 'OUT', '2026-03-02T01:00:00Z')];
    const none = {
      joinedOn: null,
      leftOn: null,
      shifts: [],
      leave: [],
      holidays: [],
      approvals: [],
      rules: plainRules,
    };
    const record = {
      ...none,
      employeeId: 'p',
      zone: 'America/New_York',
      facts,
      knownUntilMs: Date.parse('2026-03-05'),
    };
    expect(deriveDay(record, '2026-03-02')).toMatchObject({ zone: 'Europe/Berlin', workedMs: 1.5 * hour });
    expect(deriveDay(record, '2026-03-01').stays).toEqual([]);
  });
});

describe('days on which something happened', () => {
  const none = { joinedOn: null, leftOn: null, shifts: [], leave: [], holidays: [], approvals: [], rules: plainRules };
  const record = { ...none, employeeId: 'p', zone: 'Europe/Berlin', knownUntilMs: Date.parse('2026-03-09') };
  const atMs = Date.parse('2026-03-02T09:00Z');
  const correct = (id: string, change: 'replace' | 'void'): Fact => ({
    kind: 'correction',
    id,
    change,
    targetId: 'a',
    punch: change === 'void' ? null : { type: 'IN', atMs },
    decidedAtMs: change === 'void' ? 2 : 1,
  });

  it('include one whose only punch two managers disagree about', () => {
    const facts = [
      { kind: 'punch' as const, id: 'a', type: 'IN' as const, atMs, source: 'web' as const },
      correct('b', 'replace'),
      correct('c', 'void'),
    ];
    expect(deriveEventfulDays({ ...record, facts }, '2026-02-20', '2026-03-20')).toMatchObject([
      {
        date: '2026-03-02',
        flags: ['CONFLICT'],
        stays: [],
        conflicts: [{ factIds: ['a', 'b', 'c'], countedId: null }],
      },
    ]);
  });

  it('leave out a shift after somebody left', () => {
    const shifts = ['2026-03-02', '2026-03-03'].map((date) => ({
      date,
      zone: 'Europe/Berlin',
      shift: dayShift,
      source: 'DEFAULT' as const,
    }));
    const left = { ...record, shifts, facts: [], leftOn: '2026-03-02' };
    expect(deriveEventfulDays(left, '2026-02-20', '2026-03-20').map(({ date }) => date)).toEqual(['2026-03-02']);
  });
});
