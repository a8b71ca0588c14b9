// A release that cannot be: the one before it goes on serving, and what is wrong is said by name.
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { distFolder, writeServiceArchive } from '@muster/images';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kubectl, loadImages } from './src/cluster.ts';
import { newPeople } from './src/front-door.ts';
import { startLoad } from './src/load.ts';
import { servingPods } from './src/pods.ts';
import { helm, installOnce, release, upgrade } from './src/release.ts';

let load: ReturnType<typeof startLoad>;
let before: string[];

const names = async (): Promise<string[]> => (await servingPods('attendance')).map(({ name }) => name).sort();

beforeAll(async () => {
  await installOnce();
  load = startLoad(await newPeople(3), 500);
  before = await names();
});
afterAll(async () => {
  await load?.stop();
  await kubectl(['delete', 'job', 'attendance-migrations', '--ignore-not-found']);
});

test('a migration that fails stops the upgrade and says which it was', async () => {
  await loadImages(await brokenImage());
  const values = { attendance: { image: { tag: 'broken' }, migrations: { retries: 0 } } };
  await expect(upgrade(values)).rejects.toThrow(/pre-upgrade[\s\S]*failed/);
  expect(await kubectl(['logs', 'job/attendance-migrations'])).toMatch(/9999_broken\.sql[\s\S]*no_such_table/);
  expect((await names()).filter((name) => before.includes(name))).not.toEqual([]);
});

test('an image that is nowhere stops the upgrade, and its pod says which it was', async () => {
  const values = { attendance: { image: { tag: 'no-such-tag' }, migrations: { retries: 0 } } };
  await expect(upgrade(values, ['--timeout', '15s'])).rejects.toThrow(/attendance-migrations|timed out/);
  const said = await kubectl(['get', 'pods', '--output', 'jsonpath={..state.waiting}']);
  expect(said).toMatch(/ErrImagePull|ImagePullBackOff/);
  expect(said).toContain('/attendance:no-such-tag');
});

test('meanwhile people checked in, and the next good release goes through', async () => {
  const report = await load.stop();
  expect(report.faults).toEqual([]);
  expect(report.in.size).toBeGreaterThan(10);
  await upgrade();
  expect(await helm(['status', release])).toContain('STATUS: deployed');
});

/** The image of attendance with one migration more, which no database can take. */
async function brokenImage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-broken-'));
  try {
    for (const name of ['attendance', 'runtime'])
      await cp(join(distFolder, name), join(folder, name), { recursive: true });
    await writeFile(join(folder, 'attendance/migrations/9999_broken.sql'), 'alter table no_such_table add x int;\n');
    const { file } = await writeServiceArchive({ services: ['attendance'], tag: 'broken', dist: folder });
    const kept = join(distFolder, 'images/broken.tar');
    await cp(file, kept);
    return kept;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
