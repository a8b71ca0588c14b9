import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { daprModule, readPin, type ToolModule } from '../src/tools/pins.ts';

let folder: string;
let module: ToolModule;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-pins-'));
  module = { ...daprModule, folder };
  await writeFile(join(folder, 'go.mod'), 'module x\n\nrequire (\n\tgithub.com/dapr/dapr v1.18.2 // indirect\n)\n');
  await writeFile(join(folder, 'go.sum'), 'one\n');
});
afterEach(() => rm(folder, { recursive: true }));

test('the pin is read from go.mod and names the folder of the programs', async () => {
  const { version, target } = await readPin(module);
  expect(version).toBe('1.18.2');
  expect(target).toMatch(/tools\/dapr-1\.18\.2-[0-9a-f]{12}$/);
  expect(await readPin(module)).toEqual({ version, target });
});

test('another go.sum, another version and other flags each ask for a new build', async () => {
  const targets = new Set([(await readPin(module)).target]);
  await writeFile(join(folder, 'go.sum'), 'two\n');
  targets.add((await readPin(module)).target);
  await writeFile(join(folder, 'go.mod'), 'module x\nrequire github.com/dapr/dapr v1.18.3\n');
  targets.add((await readPin(module)).target);
  targets.add((await readPin({ ...module, flags: () => ['-trimpath'] })).target);
  expect(targets.size).toBe(4);
});

test('a go.mod without the module is refused', async () => {
  await writeFile(join(folder, 'go.mod'), 'module x\n');
  await expect(readPin(module)).rejects.toThrow('does not pin github.com/dapr/dapr');
});

test("the repository's own modules pin what the project is written for", async () => {
  expect((await readPin(daprModule)).version).toBe('1.18.2');
});
