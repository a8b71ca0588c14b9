import { stringify } from 'csv-stringify/sync';
import { guard } from './formula-guard.ts';

/** The columns of a roster file. `name` is for the reader: an import leaves it alone. */
export const rosterColumns = ['employeeId', 'workId', 'name', 'date', 'shift', 'action'] as const;
export type RosterColumn = (typeof rosterColumns)[number];

/** One line of an export: a shift, or (`off`) a date without one. */
export interface RosterLine {
  employeeId: string;
  workId: string | null;
  name: string;
  date: string;
  shift: string | null;
  action: 'work' | 'off';
}

/** Lines of CSV (RFC 4180, CRLF). No cell runs as a formula; an import reads them back as they were. */
export const rosterCsv = (lines: readonly RosterLine[]): string =>
  stringify(
    lines.map((line) => rosterColumns.map((column) => guard(line[column] ?? ''))),
    { record_delimiter: '\r\n' },
  );

/** The heading line of {@link rosterCsv}. */
export const rosterCsvHeading = `${rosterColumns.join(',')}\r\n`;
