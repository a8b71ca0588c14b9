import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Cluster } from '../src/cluster.ts';
import type { Layout } from '../src/layout.ts';
import { makeVolumes, reclaimVolumes } from '../src/volumes.ts';

let layout: Layout;
let asked: { args: readonly string[]; input: string | undefined }[];
let phases: Record<string, string>;
const cluster = {
  async kubectl(args: readonly string[], input?: string) {
    asked.push({ args, input });
    const items = Object.entries(phases).map(([name, phase]) => ({ metadata: { name }, status: { phase } }));
    return JSON.stringify({ items });
  },
} as unknown as Cluster;

beforeEach(async () => {
  layout = { volumes: await mkdtemp(join(tmpdir(), 'muster-volumes-')) } as Layout;
  asked = [];
  phases = {};
  await makeVolumes(cluster, layout);
});
afterEach(() => rm(layout.volumes, { recursive: true }));

test('there is a default class and a folder behind every volume', async () => {
  const { items } = JSON.parse(asked[0]?.input ?? '');
  expect(items[0].metadata.annotations).toEqual({ 'storageclass.kubernetes.io/is-default-class': 'true' });
  const names = items.slice(1).map(({ metadata }: { metadata: { name: string } }) => metadata.name);
  expect(await readdir(layout.volumes)).toEqual(names.toSorted());
});

test('only a volume whose claim is gone is emptied and offered again', async () => {
  await writeFile(join(layout.volumes, 'volume-1/kept'), '');
  await writeFile(join(layout.volumes, 'volume-2/old'), '');
  phases = { 'volume-1': 'Bound', 'volume-2': 'Released', 'volume-3': 'Available' };
  asked = [];
  await reclaimVolumes(cluster, layout);
  expect(asked[1]?.args).toEqual(['delete', 'persistentvolume', 'volume-2']);
  expect(JSON.parse(asked[2]?.input ?? '').items.map((item: { metadata: object }) => item.metadata)).toEqual([
    { name: 'volume-2' },
  ]);
  expect(await readdir(join(layout.volumes, 'volume-1'))).toEqual(['kept']);
  expect(await readdir(join(layout.volumes, 'volume-2'))).toEqual([]);
});
