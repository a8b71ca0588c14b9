import { withTransaction } from '@muster/db';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RosterDay, saveRosterDays } from '../../src/sql/rosters/save-roster-days.ts';
import { readPlannedShifts } from '../../src/verbs/rosters/read-planned-shifts.ts';
import { createWorld, defaultSite, type World } from '../harness.ts';

let w: World;
let day: string;
let night: string;
beforeAll(async () => {
  w = await createWorld();
});
afterAll(() => w.drop());

const definition = (name: string, start: string, end: string) =>
  JSON.stringify({ name, start, end, zone: null, checkInBeforeMinutes: 60, checkOutAfterMinutes: 60 });
async function shiftType(name: string, start: string, end: string): Promise<string> {
  const id = v7();
  await w.sql`insert into shift_types (id, name, name_key, version) values (${id}, ${name}, ${id}, 1)`;
  await w.sql`insert into shift_type_versions (shift_type_id, valid_from, definition)
    values (${id}, '2000-01-01', ${definition(name, start, end)}::text::jsonb)`;
  return id;
}
beforeEach(async () => {
  day = await shiftType('Day', '08:00', '16:00');
  night = await shiftType('Night', '22:00', '06:00');
});
const assign = (employeeId: string, o: { kind?: string; type?: string; from: string; to?: string }) =>
  w.sql`insert into shift_assignments (id, employee_id, kind, shift_type_id, from_date, to_date, zone, version)
    values (${v7()}, ${employeeId}, ${o.kind ?? 'ASSIGNMENT'}, ${o.type ?? day}, ${o.from}, ${o.to ?? null}, 'Europe/Berlin', 1)`;
const cell = (employeeId: string, date: string, ids: string[] | null, baseVersion = 0): RosterDay => ({
  employeeId,
  date,
  siteId: defaultSite,
  shiftTypeIds: ids,
  zone: 'Europe/Berlin',
  baseVersion,
});
const publish = (days: RosterDay[]) =>
  withTransaction(w.sql, (tx) => saveRosterDays(tx, days, { origin: 'ROSTER', originId: v7() }));
const shiftsOf = async (employeeId: string, from: string, to: string) =>
  ((await readPlannedShifts(w.sql, [{ employeeId, from, to }])).get(employeeId) ?? []).map(
    ({ date, shift, source }) => `${date} ${shift.name} ${source}`,
  );

describe('who works when', () => {
  it('is read for many people at once', async () => {
    const [a, b, c] = [v7(), v7(), v7()];
    await assign(a, { from: '2026-03-02' });
    await assign(b, { kind: 'DEFAULT', type: night, from: '2026-03-01' });
    await publish([cell(a, '2026-03-03', [night]), cell(b, '2026-03-02', []), cell(b, '2026-03-03', [day, night])]);
    const ranges = [a, b, c].map((employeeId) => ({ employeeId, from: '2026-03-01', to: '2026-03-03' }));
    const found = await readPlannedShifts(w.sql, ranges);
    expect([...found.keys()].sort()).toEqual([a, b].sort());
    expect(await shiftsOf(a, '2026-03-01', '2026-03-03')).toEqual([
      '2026-03-02 Day ASSIGNMENT',
      '2026-03-03 Night ROSTER',
    ]);
    expect(await shiftsOf(b, '2026-03-01', '2026-03-03')).toEqual([
      '2026-03-01 Night DEFAULT',
      '2026-03-03 Day ROSTER',
      '2026-03-03 Night ROSTER',
    ]);
  });
  it('follows a rotation, ahead by what the person is', async () => {
    const [employeeId, rotation] = [v7(), v7()];
    await w.sql`insert into rotations (id, name, name_key, anchor, pattern, shift_type_ids, version)
      values (${rotation}, 'R', ${rotation}, '2026-03-02', ${JSON.stringify([[day], [night], []])}::text::jsonb, ${[day, night]}, 1)`;
    await w.sql`insert into shift_assignments (id, employee_id, kind, rotation_id, rotation_offset, from_date, zone, version)
      values (${v7()}, ${employeeId}, 'ASSIGNMENT', ${rotation}, 1, '2026-03-01', 'Europe/Berlin', 1)`;
    expect(await shiftsOf(employeeId, '2026-03-02', '2026-03-05')).toEqual([
      '2026-03-02 Night ASSIGNMENT',
      '2026-03-04 Day ASSIGNMENT',
      '2026-03-05 Night ASSIGNMENT',
    ]);
  });
  it('has one assignment at a time, and one default: the database refuses a second', async () => {
    const employeeId = v7();
    await assign(employeeId, { from: '2026-03-02', to: '2026-03-10' });
    await assign(employeeId, { kind: 'DEFAULT', from: '2026-03-02' });
    await assign(employeeId, { from: '2026-03-11' });
    await expect(assign(employeeId, { from: '2026-02-01', to: '2026-03-02' })).rejects.toThrow(
      'shift_assignments_once',
    );
    await expect(assign(employeeId, { from: '2026-08-01' })).rejects.toThrow('shift_assignments_once');
    await expect(assign(employeeId, { kind: 'DEFAULT', from: '2026-08-01' })).rejects.toThrow('shift_assignments_once');
  });
});

describe('a published day', () => {
  it('is replaced by whoever planned upon it, once', async () => {
    const employeeId = v7();
    expect(await publish([cell(employeeId, '2026-03-03', [day])])).toBe(1);
    expect(await publish([cell(employeeId, '2026-03-03', [night])])).toBe(0);
    expect(await publish([cell(employeeId, '2026-03-03', [night], 1)])).toBe(1);
    expect(await publish([cell(employeeId, '2026-03-03', [], 1)])).toBe(0);
    expect(await publish([cell(employeeId, '2026-03-03', null, 2)])).toBe(1);
    expect(await shiftsOf(employeeId, '2026-03-01', '2026-03-31')).toEqual([]);
    const versions = await w.sql`select version from roster_days where employee_id = ${employeeId}`;
    expect(versions).toEqual([{ version: 3 }]);
  });
  it('of twenty who publish at once takes one', async () => {
    const employeeId = v7();
    const counts = await Promise.all(
      Array.from({ length: 20 }, () => publish([cell(employeeId, '2026-03-03', [day])])),
    );
    expect(counts.reduce((a, b) => a + b)).toBe(1);
  });
});

it('a window longer than a day can reach is refused', async () => {
  const definition = JSON.stringify({ checkInBeforeMinutes: 721, checkOutAfterMinutes: 60 });
  const insert = w.sql`insert into shift_type_versions (shift_type_id, valid_from, definition)
    values (${day}, '2026-01-01', ${definition}::text::jsonb)`;
  await expect(insert).rejects.toThrow('check');
});
