import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemImages } from '../src/images/system-images.ts';
import type { ClusterTools } from '../src/tools/ensure-cluster-tools.ts';

let folder: string;
let tools: ClusterTools;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-images-'));
  const program = join(folder, 'program');
  await writeFile(program, 'x');
  const names = ['kubernetes', 'pause', 'forward', 'helm', 'crane', 'daprd', 'daprControlPlane', 'daprChart'];
  tools = {
    ...Object.fromEntries(names.map((name) => [name, program])),
    daprVersion: '1.2.3',
  } as unknown as ClusterTools;
  vi.stubEnv('MUSTER_CACHE', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

test("Dapr's images have the names its chart asks for, and every user is a number", async () => {
  const images = await systemImages(tools);
  const tags = images.flatMap((image) => image.tags);
  for (const name of ['daprd', 'injector', 'operator', 'placement', 'scheduler', 'sentry']) {
    expect(tags).toContain(`localhost/dapr/${name}:1.2.3`);
  }
  for (const { user } of images) expect(user).toMatch(/^\d+:\d+$/);
});

test('another program makes another archive, the same one does not', async () => {
  const before = (await systemImages(tools)).map((image) => image.archive);
  expect((await systemImages(tools)).map((image) => image.archive)).toEqual(before);
  await utimes(tools.pause, new Date(1), new Date(1));
  const after = (await systemImages(tools)).map((image) => image.archive);
  expect(after.filter((archive) => before.includes(archive))).toEqual([]);
});
