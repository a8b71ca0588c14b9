import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { clusterLayout } from '../src/layout.ts';
import { machineTraces, newTraces } from '../src/smoke/machine-traces.ts';

test('the look for leftovers sees devices, settings and processes, and finds nothing where nothing happened', async () => {
  const layout = clusterLayout('never-started');
  const before = await machineTraces(layout, [await readlink('/proc/self/ns/net')]);
  const kinds = new Set([...before].map((trace) => trace.split(' ')[0]));
  for (const kind of ['network', 'setting', 'process']) expect(kinds).toContain(kind);
  for (const device of await readdir('/sys/class/net')) expect(before).toContain(`network device ${device}`);
  expect(newTraces(before, new Set([...before, 'mount /x']))).toEqual(['mount /x']);
});

test('a folder and a process that stayed are named', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'muster-traces-'));
  vi.stubEnv('MUSTER_CACHE', cache);
  const layout = clusterLayout('stayed');
  const spaces = [await readlink('/proc/self/ns/net')];
  const before = await machineTraces(layout, spaces);
  await mkdir(layout.root, { recursive: true });
  const stayed = spawn('sleep', ['60']);
  try {
    await once(stayed, 'spawn');
    const found = newTraces(before, await machineTraces(layout, spaces));
    expect(found).toContain(`file ${layout.root}`);
    expect(found).toContain(`process ${stayed.pid}`);
  } finally {
    stayed.kill();
    vi.unstubAllEnvs();
    await rm(cache, { recursive: true });
  }
});
