/**
 * About 100 KiB, after which more is asked for: where packets are large (on one machine they are) and a connection is full, the server waits
 * for an acknowledgement that TCP holds back for 40 ms.
 */
const partsAtOnce = 4;

interface Readable<Row> {
  cursor(rows: number, read: (rows: Row[]) => void): PromiseLike<unknown>;
}

/** Reads the rows of a query whose texts are long, some at a time. */
export async function readParts<Row>(query: Readable<Row>, read: (row: Row) => void): Promise<void> {
  await query.cursor(partsAtOnce, (rows) => {
    for (const row of rows) read(row);
  });
}
