import { AppError } from '@muster/contracts';
import { maxRosterRows } from '@muster/contracts/http/attendance-roster-files';
import {
  type FaultyRow,
  headingFault,
  type RosterRow,
  readHeading,
  readRow,
} from '../../domain/roster-files/read-row.ts';

/** A record of the file. */
export interface FileRecord {
  cells: string[];
  line: number;
}

const refused = (message: string): AppError =>
  new AppError('invalid_input', 'The file is not a roster.', { errors: [{ field: 'file', message, in: 'body' }] });

/**
 * Every row of a roster file, as far as it can be understood.
 * @throws AppError invalid_input for a heading that is none, for a file without rows, and for one with too many
 */
export async function readRows(records: AsyncIterable<FileRecord>): Promise<(RosterRow | FaultyRow)[]> {
  let heading: ReturnType<typeof readHeading> | undefined;
  const rows: (RosterRow | FaultyRow)[] = [];
  for await (const { cells, line } of records) {
    if (!heading) {
      const fault = headingFault(cells);
      if (fault !== undefined) throw refused(`its heading: ${fault}`);
      heading = readHeading(cells);
    } else if (rows.length >= maxRosterRows) throw refused(`it has more than ${maxRosterRows} rows`);
    else rows.push(readRow(cells, heading, line));
  }
  if (rows.length === 0) throw refused('it has no rows');
  return rows;
}
