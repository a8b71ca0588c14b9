import { stringify } from 'csv-stringify/sync';

/** Rows as CSV lines (RFC 4180, CRLF). A cell that a spreadsheet would run as a formula gets a leading apostrophe. */
export const toCsv = (rows: readonly (readonly (string | number | null)[])[]): string =>
  stringify(rows as (string | number | null)[][], { escape_formulas: true, record_delimiter: '\r\n' });
