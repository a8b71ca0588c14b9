import type { PersonalDataPage } from '@muster/contracts';
import { readPersonalData } from '@muster/db';
import type { Piece } from '../../archive/zip-stream.ts';
import type { Deps } from '../../deps.ts';
import { photoKey } from '../../domain/photo-keys.ts';
import { findPerson } from '../../sql/find-person.ts';
import { personalTables } from '../../sql/personal-data.ts';

const readme = (
  personId: string,
  at: string,
): string => `Everything Muster holds about the person ${personId}, as of ${at}.

One folder a service, one file a table, one row a line (JSON lines). photo.jpg is the photo as it is shown.
contents.json counts the rows. Passwords, tokens and keys are not in here: Muster holds none that could be read.
What says something of other people only names their ids.
`;

const encoder = new TextEncoder();
const piece = (name: string, text: string): Piece => ({ name, bytes: encoder.encode(text) });

/** The files of a person's archive, piece by piece: every service's tables, the photo, and what is in there. */
export async function* gatherPieces(deps: Deps, personId: string, at: string): AsyncGenerator<Piece> {
  const readHere = (id: string, cursor: string | undefined) => readPersonalData(deps.sql, personalTables, id, cursor);
  const contents: Record<string, number> = {};
  yield piece('README.txt', readme(personId, at));
  const sources = Object.entries({ employee: { read: readHere }, ...deps.holders });
  for (const [service, { read }] of sources) {
    let cursor: string | undefined;
    do {
      const page = await read(personId, cursor);
      for (const [table, rows] of byTable(page)) {
        const name = `${service}/${table}.jsonl`;
        contents[name] = (contents[name] ?? 0) + rows.length;
        yield piece(name, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
      }
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
  }
  const person = await findPerson(deps.sql, personId);
  const photo = person?.photoVersion && (await deps.photos.get(photoKey(personId, person.photoVersion, 1024)));
  if (photo) yield { name: 'employee/photo.jpg', bytes: photo };
  yield piece('contents.json', JSON.stringify({ personId, at, rows: contents }, null, 2));
}

function byTable({ rows }: PersonalDataPage): Map<string, unknown[]> {
  const tables = new Map<string, unknown[]>();
  for (const { table, row } of rows) {
    const known = tables.get(table);
    if (known === undefined) tables.set(table, [row]);
    else known.push(row);
  }
  return tables;
}
