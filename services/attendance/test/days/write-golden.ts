// Writes services/attendance/test/golden/*.txt from the scenarios beside them: node services/attendance/test/days/write-golden.ts
// Read the difference before committing it: every changed line is a changed wage.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { render } from './render.ts';

const folder = path.join(import.meta.dirname, '../golden');
for (const name of (await readdir(folder)).filter((one) => one.endsWith('.json')).sort()) {
  const scenario = JSON.parse(await readFile(path.join(folder, name), 'utf8'));
  await writeFile(path.join(folder, name.replace(/\.json$/, '.txt')), render(scenario));
}
