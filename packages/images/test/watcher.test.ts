import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { liveCopy } from '../dev/run/live-copy.ts';
import { createWatcher, type Watcher } from '../dev/run/watcher.ts';

const run = promisify(execFile);
let folder: string;
let watcher: Watcher | undefined;

async function put(path: string, text: string): Promise<void> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-watcher-'));
  await put('image/services/clock/package.json', '{"type":"module"}');
  await put(
    'image/services/clock/src/main.ts',
    `import { appendFileSync } from 'node:fs';
     import { word } from '../../../packages/words/word.ts';
     appendFileSync(${JSON.stringify(join(folder, 'said'))}, word + '\\n');
     setInterval(() => {}, 1000);
     process.once('SIGTERM', () => process.exit(0));`,
  );
  await put('image/packages/words/word.ts', `export const word: string = 'one';`);
  await put('image/node_modules/there', '');
});
afterEach(async () => {
  await watcher?.stop();
  await rm(folder, { recursive: true });
});

const said = async (): Promise<string[]> =>
  (await readFile(join(folder, 'said'), 'utf8').catch(() => '')).split('\n').filter(Boolean);

/** As Skaffold does it: tar replaces the file. */
async function sync(word: string): Promise<void> {
  await put('edit/packages/words/word.ts', `export const word: string = '${word}';`);
  const tar = join(folder, 'edit.tar');
  await run('tar', ['cf', tar, '-C', join(folder, 'edit'), 'packages/words/word.ts']);
  await run('tar', ['xmf', tar, '-C', join(folder, 'live'), '--no-same-owner']);
}

test('each replaced file starts the service again, from the copy, and the image stays as it was', async () => {
  const root = await liveCopy(join(folder, 'image'), join(folder, 'live'));
  watcher = createWatcher({ root, app: 'clock', inspectPort: 0, compileCache: join(folder, 'cache') });
  watcher.start();
  await expect.poll(said, { timeout: 20_000 }).toEqual(['one']);
  for (const word of ['two', 'three', 'four']) {
    await sync(word);
    await expect.poll(async () => (await said()).at(-1), { timeout: 20_000 }).toBe(word);
  }
  expect(await readFile(join(folder, 'image/packages/words/word.ts'), 'utf8')).toContain('one');
  expect(await readFile(join(folder, 'live/node_modules/there'), 'utf8')).toBe('');
}, 90_000);

test('a broken edit waits for the next one, and a container that starts again keeps what was edited', async () => {
  const root = await liveCopy(join(folder, 'image'), join(folder, 'live'));
  watcher = createWatcher({ root, app: 'clock', inspectPort: 0, compileCache: join(folder, 'cache') });
  watcher.start();
  await expect.poll(said, { timeout: 20_000 }).toEqual(['one']);
  await sync(`two'; and this is no TypeScript`);
  // It has ended and was not started again with what it had before.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await sync('three');
  await expect.poll(async () => (await said()).at(-1), { timeout: 20_000 }).toBe('three');
  await watcher.stop();
  expect(await liveCopy(join(folder, 'image'), join(folder, 'live'))).toBe(root);
  watcher.start();
  await expect.poll(said, { timeout: 20_000 }).toEqual(['one', 'three', 'three']);
}, 90_000);
