import { toCsv } from '../domain/timesheets/to-csv.ts';

type Cells = readonly (string | number | null)[];

/**
 * CSV lines of batches while they are read. The first is read before it returns: an outage is still an honest 503 then, later it can
 * only break the download off.
 */
export async function streamCsv<T>(
  batches: AsyncGenerator<T[]>,
  heading: Cells,
  cells: (row: T) => Cells,
): Promise<ReadableStream<Uint8Array>> {
  const first = await batches.next();
  async function* texts(): AsyncGenerator<string> {
    yield toCsv([heading]);
    if (first.done) return;
    yield toCsv(first.value.map(cells));
    for await (const batch of batches) yield toCsv(batch.map(cells));
  }
  return ReadableStream.from(texts()).pipeThrough(new TextEncoderStream());
}
