import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { identify } from '../src/process/identity.ts';
import { withLock } from '../src/tools/with-lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('work under one lock never overlaps, and the lock goes away', async () => {
  const path = join(folder, 'a.lock');
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setTimeout(resolve, 5));
    inside--;
  };
  await Promise.all([withLock(path, work), withLock(path, work), withLock(path, work)]);
  expect(most).toBe(1);
  expect(existsSync(path)).toBe(false);
});

test('a holder that died does not count, nor does its number when another process has it now', async () => {
  const path = join(folder, 'b.lock');
  const reused = { ...identify(process.pid), born: 'long ago' };
  for (const holder of [{ pid: 2 ** 22 - 1, born: '1' }, reused]) {
    await writeFile(path, JSON.stringify(holder));
    expect(await withLock(path, async () => 'done')).toBe('done');
  }
});

test('work that throws gives the lock back', async () => {
  const path = join(folder, 'c.lock');
  const failing = withLock(path, async () => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await withLock(path, async () => 1)).toBe(1);
});
