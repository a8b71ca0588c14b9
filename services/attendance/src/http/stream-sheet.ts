import { writeXlsxStream } from 'hucre/xlsx';
import type { SummedPerson } from '../domain/timesheets/describe-timesheet.ts';
import { sheetCells, timesheetColumns } from '../domain/timesheets/timesheet-columns.ts';

/** A workbook of timesheets while its rows are read, with constant memory. Text is written as text: nothing of it is ever a formula. */
export async function streamSheet(
  batches: AsyncGenerator<SummedPerson[]>,
  month: string,
): Promise<ReadableStream<Uint8Array>> {
  const first = await batches.next();
  async function* rows(): AsyncGenerator<(string | number | null)[]> {
    if (first.done) return;
    for (const person of first.value) yield sheetCells(person, month);
    for await (const batch of batches) for (const person of batch) yield sheetCells(person, month);
  }
  const columns = timesheetColumns.map(({ heading, width, kind }) => ({
    header: heading,
    width,
    ...(kind === 'ms' && { numFmt: '[h]:mm' }),
  }));
  return writeXlsxStream(rows(), { name: `Timesheets ${month}`, columns, freezePane: { rows: 1 } });
}
