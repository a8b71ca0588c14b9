import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface MigrationFile {
  /** As recorded in the database: the file's name, with `kit/` before those of this package. */
  name: string;
  text: string;
  checksum: string;
}

const pattern = /^\d{4}_[a-z0-9_-]+\.sql$/;

/** Reads the `NNNN_name.sql` files of a folder in order. Throws on any other `.sql` name and on two files of one number. */
export async function readFolder(folder: string, prefix = ''): Promise<MigrationFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const numbers = new Set<string>();
  for (const name of names) {
    if (!pattern.test(name)) throw new Error(`${join(folder, name)}: a migration is named NNNN_lower_case.sql`);
    if (numbers.has(name.slice(0, 4))) throw new Error(`${join(folder, name)}: number ${name.slice(0, 4)} is taken`);
    numbers.add(name.slice(0, 4));
  }
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      // Line ends may differ between checkouts; the meaning does not.
      const checksum = createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
      return { name: prefix + name, text, checksum };
    }),
  );
}
