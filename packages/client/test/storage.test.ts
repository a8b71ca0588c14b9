import 'fake-indexeddb/auto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { makePunch, type QueuedPunch } from '../src/queue/queued-punch.ts';
import { openBrowserStorage } from '../src/storage/browser-storage.ts';
import { openFileStorage } from '../src/storage/file-storage.ts';
import { type PunchStorage, StorageInUse, type Trouble } from '../src/storage/storage.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'muster-client-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newFile = (): string => path.join(folder, `${++files}.punches`);

const now = new Date('2026-11-21T08:00:00Z');
const punches = (count: number): QueuedPunch[] =>
  Array.from({ length: count }, (_, index) => makePunch({ type: 'IN', notes: `n${index}` }, now));
const idsOf = (some: QueuedPunch[]): string[] => some.map(({ clientId }) => clientId);
const trouble = (punch: QueuedPunch): Trouble => ({
  ...{ punch, status: 'rejected', reason: 'in_future', at: now.toISOString() },
});

describe.each<[string, () => string, (name: string) => Promise<PunchStorage>]>([
  ['a file', newFile, async (file) => openFileStorage(file)],
  ['IndexedDB', () => `db-${++files}`, (name) => openBrowserStorage(name)],
])('punches in %s', (_, newName, open) => {
  it('wait in the order they came, also after it was closed and opened again', async () => {
    const name = newName();
    const some = punches(5);
    const first = await open(name);
    await first.add(some.slice(0, 3));
    await first.add(some.slice(3));
    await first.close();
    const second = await open(name);
    expect(await second.waiting(4)).toEqual(some.slice(0, 4));
    expect(await second.waiting(1000)).toEqual(some);
    expect(await second.countWaiting()).toBe(5);
    await second.close();
  });

  it('go when they were taken, and are set aside when they were not', async () => {
    const name = newName();
    const [a, b, c, d] = punches(4) as [QueuedPunch, QueuedPunch, QueuedPunch, QueuedPunch];
    const storage = await open(name);
    await storage.add([a, b, c, d]);
    await storage.settle([a.clientId, 'unknown'], [trouble(b), trouble(c)]);
    expect(await storage.waiting(10)).toEqual([d]);
    await storage.close();
    const again = await open(name);
    expect(await again.troubles()).toEqual([trouble(b), trouble(c)]);
    await again.dismiss([b.clientId, d.clientId]);
    expect(await again.troubles()).toEqual([trouble(c)]);
    expect(await again.waiting(10)).toEqual([d]);
    await again.close();
  });

  it('are there once, though they were added twice', async () => {
    const storage = await open(newName());
    const some = punches(3);
    await storage.add(some);
    await storage.settle([], [trouble(some[0] as QueuedPunch)]);
    await storage.add(some);
    expect(idsOf(await storage.waiting(10))).toEqual(idsOf(some.slice(1)));
    await storage.close();
  });

  it('belong to one opener at a time', async () => {
    const name = newName();
    const first = await open(name);
    await expect(open(name)).rejects.toBeInstanceOf(StorageInUse);
    await first.close();
    await (await open(name)).close();
  });
});

describe('a file', () => {
  it('of which the end is torn off keeps every punch before that', async () => {
    const file = newFile();
    const storage = openFileStorage(file);
    const some = punches(12);
    const sizes: number[] = [];
    for (const punch of some) {
      await storage.add([punch]);
      sizes.push(statSync(`${file}-wal`).size);
    }
    for (const [index, size] of sizes.entries()) {
      for (const torn of [0, 1, 17, 2000]) {
        // As a machine without power leaves it: what was flushed, and a piece of what was not.
        const copy = newFile();
        copyFileSync(file, copy);
        copyFileSync(`${file}-wal`, `${copy}-wal`);
        const end = Math.min(size + torn, statSync(`${copy}-wal`).size);
        truncateSync(`${copy}-wal`, end);
        const after = openFileStorage(copy);
        const found = idsOf(await after.waiting(100));
        expect(found.slice(0, index + 1)).toEqual(idsOf(some.slice(0, index + 1)));
        await after.close();
      }
    }
    await storage.close();
  });

  it('is nobody else’s to read', async () => {
    const file = newFile();
    const storage = openFileStorage(file);
    await storage.add(punches(1));
    expect([file, `${file}-wal`].map((one) => statSync(one).mode & 0o777)).toEqual([0o600, 0o600]);
    await storage.close();
  });

  it('of a newer version is left alone', async () => {
    const file = newFile();
    const db = new DatabaseSync(file);
    db.exec('pragma user_version = 99');
    db.close();
    expect(() => openFileStorage(file)).toThrow('newer version');
  });

  it('is held against other processes, and free again when its holder was killed', async () => {
    const file = newFile();
    const child = spawn(process.execPath, [path.join(import.meta.dirname, 'hold-storage.ts'), file]);
    await once(child.stdout, 'data');
    expect(() => openFileStorage(file)).toThrow(StorageInUse);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await openFileStorage(file).close();
  });
});
