import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { apps } from '@muster/contracts';
import { readPin, repoRoot } from '@muster/dev-env/tools';
import { installedClosure } from '@muster/images/dev';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { skaffoldModule } from '../src/skaffold-module.ts';

interface Module {
  apiVersion: string;
  metadata: { name: string };
  requires?: { configs: string[] }[];
  build?: { artifacts: { image: string; custom: { buildCommand: string; dependencies: { paths: string[] } } }[] };
  deploy?: { helm: { releases: { chartPath: string; valuesFiles?: string[]; setValueTemplates?: object }[] } };
  profiles?: { name: string; patches?: { path: string; value: unknown }[] }[];
}

let modules: Module[];
beforeAll(async () => {
  const text = await readFile(join(repoRoot, 'skaffold.yaml'), 'utf8');
  modules = parseAllDocuments(text).map((document) => document.toJS() as Module);
});
const own = (name: string): Module => modules.find(({ metadata }) => metadata.name === name) as Module;

test('Skaffold is the pinned one', async () => {
  expect((await readPin(skaffoldModule)).version).toBe('2.16.1');
});

describe.each(apps)('the module of %s', (app) => {
  test('watches what the service and its image consist of, and nothing else', async () => {
    const { workspace } = await installedClosure(`services/${app}`);
    const folders = workspace.flatMap((folder) => ['src', 'migrations'].map((part) => `${folder}/${part}`));
    const there = folders.filter((folder) => existsSync(join(repoRoot, folder)));
    const { image, custom } = own(app).build?.artifacts[0] ?? {};
    expect(image).toBe(app);
    const recipe = 'packages/images/src';
    expect(custom?.dependencies.paths.toSorted()).toEqual([...there, recipe, 'pnpm-lock.yaml'].sort());
    expect(custom?.buildCommand).toMatch(new RegExp(` prod ${app}$`));
  });

  test('brings edited files where the watching image runs them', () => {
    const dev = own(app).profiles?.find(({ name }) => name === 'dev');
    const values = dev?.patches?.map(({ value }) => value);
    expect(values?.[0]).toMatch(new RegExp(` dev ${app}$`));
    expect(values?.[1]).toEqual({
      manual: ['**/src/**', '**/migrations/**'].map((src) => ({ src, dest: '/tmp/muster' })),
    });
  });

  test('gives its image to the release, by tag and digest', () => {
    const release = own('muster').deploy?.helm.releases.find(({ chartPath }) => chartPath === 'charts/muster');
    expect(release?.setValueTemplates).toMatchObject({
      [`${app}.image.tag`]: `{{.IMAGE_TAG_${app}}}`,
      [`${app}.image.digest`]: `{{.IMAGE_DIGEST_${app}}}`,
    });
  });
});

test('the release needs every module, and every file it names is there', () => {
  expect(modules.map(({ metadata }) => metadata.name)).toEqual([...apps, 'muster']);
  expect(own('muster').requires?.flatMap(({ configs }) => configs)).toEqual([...apps]);
  const releases = own('muster').deploy?.helm.releases ?? [];
  const patched = own('muster').profiles?.flatMap(({ patches = [] }) => patches.map(({ value }) => value)) ?? [];
  const files = [...releases.flatMap(({ chartPath, valuesFiles = [] }) => [chartPath, ...valuesFiles]), ...patched];
  for (const file of files)
    if (typeof file === 'string' && !file.includes('{{') && file.includes('/'))
      expect(existsSync(join(repoRoot, file)), file).toBe(true);
});
