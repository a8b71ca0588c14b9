import { unguard } from './formula-guard.ts';
import { type RosterColumn, rosterColumns } from './roster-csv.ts';

/** One row of a roster file: who, when, and which shift (null: off). `line` counts from 1, the heading. */
export interface RosterRow {
  line: number;
  employeeId: string | null;
  workId: string | null;
  date: string;
  shift: string | null;
}

/** A row nobody can follow, and why. */
export interface FaultyRow {
  line: number;
  reason: string;
}

/** Where each column is. */
export type Heading = Partial<Record<RosterColumn, number>>;

/** What is wrong with a heading, in words; undefined when nothing is. */
export function headingFault(cells: readonly string[]): string | undefined {
  const names = cells.map((cell) => cell.trim());
  const unknown = names.find((name) => !rosterColumns.some((column) => column === name));
  if (unknown !== undefined) return `the column ${JSON.stringify(unknown.slice(0, 60))} is unknown`;
  if (new Set(names).size < names.length) return 'a column is named twice';
  if (!names.includes('employeeId') && !names.includes('workId')) return 'employeeId or workId is missing';
  const missing = (['date', 'shift'] as const).find((column) => !names.includes(column));
  return missing && `the column ${missing} is missing`;
}

/** Where the columns of a good heading are. */
export const readHeading = (cells: readonly string[]): Heading =>
  Object.fromEntries(cells.map((cell, index) => [cell.trim(), index]));

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const actions = new Set(['', 'work', 'off']);

/** Reads a row. Without an action a row with a shift is work, and one without is off. */
export function readRow(cells: readonly string[], heading: Heading, line: number): RosterRow | FaultyRow {
  const cell = (column: RosterColumn): string => unguard((cells[heading[column] ?? -1] ?? '').trim());
  const [employeeId, workId, date, shift] = [cell('employeeId'), cell('workId'), cell('date'), cell('shift')];
  const action = cell('action').toLowerCase();
  const reason =
    (cells.length > Object.keys(heading).length && 'has more cells than the heading') ||
    (employeeId === '' && workId === '' && 'names nobody') ||
    (employeeId !== '' && !uuid.test(employeeId) && 'employeeId is no id') ||
    (!isWorkDate(date) && 'date must be a date like 2026-03-29') ||
    (!actions.has(action) && 'action must be work or off') ||
    (action === 'work' && shift === '' && 'work needs a shift') ||
    (action === 'off' && shift !== '' && 'a day off has no shift') ||
    undefined;
  if (reason !== undefined) return { line, reason };
  return { line, employeeId: employeeId.toLowerCase() || null, workId: workId || null, date, shift: shift || null };
}

function isWorkDate(text: string): boolean {
  if (!/^20\d\d-\d\d-\d\d$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}
