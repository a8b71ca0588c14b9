// Writes the tables of values into charts/README.md; with --check it only says whether they are as the files are.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { putTables, valuesTable } from './values-table.ts';

const charts = join(import.meta.dirname, '..');
const page = join(charts, 'README.md');
const table = async (file: string): Promise<string> => valuesTable(await readFile(join(charts, file), 'utf8'));

const current = await readFile(page, 'utf8');
const wanted = putTables(current, {
  muster: await table('muster/values.yaml'),
  service: await table('service/values.yaml'),
  'dev-stores': await table('../k8s/dev-stores/values.yaml'),
});

if (current !== wanted) {
  if (process.argv.includes('--check')) {
    console.log('charts/README.md is not what the values files say: make charts-readme');
    process.exitCode = 1;
  } else {
    await writeFile(page, wanted);
    console.log('written: charts/README.md');
  }
}
