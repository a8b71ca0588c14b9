import { readdir, readlink } from 'node:fs/promises';
import { expect, test } from 'vitest';
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
