import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ensureModule } from '../src/tools/ensure-tools.ts';
import { findDapr } from '../src/tools/find-dapr.ts';
import { readPin, type ToolModule } from '../src/tools/pins.ts';

let folder: string;
let module: ToolModule;
const silent = () => {};

// A `go` that notes its call and writes what it was asked for.
const fakeGo = (body: string) => `#!/bin/sh
echo "$@" >>"$(dirname "$0")/calls"
${body}
for last; do :; done
while [ $# -gt 0 ]; do [ "$1" = -o ] && out=$2; shift; done
case $out in */) for n in one two; do echo tool >"$out$n"; chmod +x "$out$n"; done ;; *) echo tool >"$out"; chmod +x "$out" ;; esac
`;
const program = async (path: string, text: string) => {
  await writeFile(path, text);
  await chmod(path, 0o755);
};
const calls = async () =>
  (await readFile(join(folder, 'bin/calls'), 'utf8').catch(() => '')).split('\n').filter(Boolean);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-tools-'));
  await mkdir(join(folder, 'bin'));
  await mkdir(join(folder, 'module'));
  await writeFile(join(folder, 'module/go.mod'), 'module x\nrequire example.org/x v1.2.3\n');
  await writeFile(join(folder, 'module/go.sum'), '');
  await program(join(folder, 'bin/go'), fakeGo('sleep 0.2'));
  vi.stubEnv('MUSTER_CACHE', join(folder, 'cache'));
  vi.stubEnv('PATH', `${join(folder, 'bin')}${delimiter}${process.env.PATH}`);
  module = {
    name: 'x',
    folder: join(folder, 'module'),
    pinned: 'example.org/x',
    programs: { one: 'example.org/x/one', two: 'example.org/x/two' },
    flags: () => ['-trimpath'],
  };
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

test('what is missing is built once, also for two who ask at the same time', async () => {
  const [first, second] = await Promise.all([ensureModule(module, silent), ensureModule(module, silent)]);
  expect(second).toEqual(first);
  expect(await readFile(first.one ?? '', 'utf8')).toBe('tool\n');
  await ensureModule(module, silent);
  expect(await calls()).toHaveLength(1);
});

test('a changed pin builds again beside the old programs', async () => {
  const before = await ensureModule(module, silent);
  await writeFile(join(module.folder, 'go.sum'), 'changed');
  const after = await ensureModule(module, silent);
  expect(after.one).not.toBe(before.one);
  expect(await calls()).toHaveLength(2);
});

test('a failed build says what Go said, leaves nothing half built, and can be tried again', async () => {
  await program(join(folder, 'bin/go'), fakeGo('echo "x.go:1: no such thing" >&2; exit 1'));
  await expect(ensureModule(module, silent)).rejects.toThrow('no such thing');
  const { target } = await readPin(module);
  expect(await readdir(target)).toEqual([]);
  await program(join(folder, 'bin/go'), fakeGo(''));
  await ensureModule(module, silent);
  expect((await readdir(target)).sort()).toEqual(['one', 'two']);
});

test('what the machine has is used as it is, and only the rest is built', async () => {
  const own = join(folder, 'one');
  await program(own, 'mine');
  const found = await ensureModule(module, silent, async () => ({ one: own }));
  expect(found.one).toBe(own);
  expect((await calls())[0]).toMatch(/\/two example\.org\/x\/two$/);
});

test('a daprd of the same minor version counts, with what lies beside it; another minor does not', async () => {
  const [old, fit] = [join(folder, 'old'), join(folder, 'fit')];
  for (const [path, version] of [
    [old, '1.17.9'],
    [fit, '1.18.0'],
  ] as const) {
    await mkdir(path);
    await program(join(path, 'daprd'), `#!/bin/sh\necho ${version}\n`);
    await program(join(path, 'sentry'), '');
  }
  expect(await findDapr('1.18.2', [old, fit])).toEqual({ daprd: join(fit, 'daprd'), sentry: join(fit, 'sentry') });
  expect(await findDapr('1.18.2', [old])).toEqual({});
});
