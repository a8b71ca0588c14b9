// `make generate` writes the generated files; `make check` runs it with --check and fails when one of them is stale.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { daprComponents } from './components.ts';
import { envExample } from './env-example.ts';
import { permissionsPage } from './permissions-page.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const check = process.argv.includes('--check');

const files = new Map([...daprComponents()].map(([name, body]) => [path.join('dapr-components', name), body]));
files.set('.env.example', await envExample());
files.set('docs/permissions.md', await permissionsPage());

const stale: string[] = [];
for (const [file, body] of files) {
  const target = path.join(root, file);
  const current = await readFile(target, 'utf8').catch(() => undefined);
  if (current === body) continue;
  stale.push(file);
  if (check) continue;
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, body);
}

if (stale.length > 0) console.log(`${check ? 'stale (run make generate)' : 'written'}: ${stale.join(', ')}`);
process.exitCode = check && stale.length > 0 ? 1 : 0;
