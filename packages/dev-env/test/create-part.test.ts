import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPart } from '../src/process/create-part.ts';
import { findMarked, MARK } from '../src/process/find-marked.ts';
import { identify, isRunning } from '../src/process/identity.ts';
import type { Part, PartSpec } from '../src/process/part.ts';
import { openPidBook, readPidBook } from '../src/process/pid-book.ts';
import { waitUntil } from '../src/process/wait-until.ts';

let folder: string;
let made: Part[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-part-'));
  made = [];
});
afterEach(async () => {
  await Promise.all(made.map((part) => part.stop({ force: true })));
  await rm(folder, { recursive: true });
});

function part(script: string, more: Partial<PartSpec> = {}): Part {
  const spec: PartSpec = {
    name: 'thing',
    kind: 'service',
    port: 0,
    command: () => ({ file: 'sh', args: ['-c', script] }),
    probe: async () => true,
    stopSignal: 'SIGTERM',
    deathSignal: 'SIGKILL',
    graceMs: 5_000,
    ...more,
  };
  const context = { logFile: join(folder, 'log'), book: openPidBook(join(folder, 'pids')), mark: { [MARK]: folder } };
  const created = createPart(spec, context);
  made.push(created);
  return created;
}

const pidOf = ({ pid }: Part): number => pid ?? 0;

test('it runs, is written down, is marked, and stops', async () => {
  const thing = part('exec sleep 60');
  await thing.start();
  const me = identify(pidOf(thing));
  expect(readPidBook(join(folder, 'pids'))).toEqual({ thing: me });
  if (process.platform === 'linux') expect(findMarked(folder)).toEqual([me]);
  await thing.stop();
  expect(me && isRunning(me)).toBe(false);
  expect(thing.state).toBe('stopped');
  expect(readPidBook(join(folder, 'pids'))).toEqual({});
});

test('killed, it comes back by itself; killed to stay down, it does not until it is started', async () => {
  const thing = part('exec sleep 60');
  await thing.start();
  const before = thing.pid;
  await thing.kill9();
  await thing.ready();
  expect(thing.pid).not.toBe(before);
  expect(thing.restarts).toBe(1);
  await thing.kill9({ stay: 'down' });
  expect(thing.pid).toBeUndefined();
  await thing.start();
  expect(thing.state).toBe('ready');
});

test('one that cannot start is reported with what it said, and stays wanted', async () => {
  const thing = part('echo "no DATABASE_URL"; exit 1', { startAttempts: 2, probe: async () => false });
  await expect(thing.start()).rejects.toThrow('no DATABASE_URL');
  expect(thing.state).not.toBe('stopped');
});

test('one that ignores its signal is killed when its grace is over', async () => {
  const thing = part('trap "" TERM; echo on; while :; do sleep 0.05; done', {
    graceMs: 100,
    probe: async () => (await readFile(join(folder, 'log'), 'utf8')).includes('on'),
  });
  await thing.start();
  await thing.stop();
  expect(thing.pid).toBeUndefined();
});

test('what it started goes with it', async () => {
  const thing = part('sleep 60 & sleep 60 & wait');
  await thing.start();
  await waitUntil('three processes', () => process.platform !== 'linux' || findMarked(folder).length === 3, 10_000);
  await thing.stop();
  await waitUntil('nobody', () => findMarked(folder).length === 0, 10_000);
});

test('reload is quick even for one that hangs, and does not count as a death', async () => {
  const thing = part('trap "" TERM; while :; do sleep 0.05; done');
  await thing.start();
  const before = thing.pid;
  await thing.reload();
  await thing.ready();
  expect(thing.pid).not.toBe(before);
  expect(thing.restarts).toBe(0);
});

test('first work that fails starts it afresh', async () => {
  let tries = 0;
  const thing = part('exec sleep 60', {
    afterReady: async () => {
      if (++tries === 1) throw new Error('not yet');
    },
  });
  await thing.start();
  expect(tries).toBe(2);
});
