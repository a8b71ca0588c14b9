import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { daprModule, readPin } from '@muster/dev-env/tools';
import { expect, test } from 'vitest';
import { daprControlPlaneModule, kedaModule, kubernetesModule } from '../src/tools/modules.ts';

test('the cluster is the Kubernetes this project is written for, and it will say so', async () => {
  const { version } = await readPin(kubernetesModule);
  expect(version).toBe('1.36.3');
  expect(kubernetesModule.flags(version).join(' ')).toContain('client-go/pkg/version.gitVersion=v1.36.3');
});

test('KEDA is built as the version it is pinned to', async () => {
  const { version } = await readPin(kedaModule);
  expect(version).toBe('2.21.0');
  expect(kedaModule.flags(version).join(' ')).toContain('version.Version=2.21.0');
});

test("Dapr's control plane is built from the pin of daprd, into a folder of its own", async () => {
  const [controlPlane, daprd] = [await readPin(daprControlPlaneModule), await readPin(daprModule)];
  expect(controlPlane.version).toBe(daprd.version);
  expect(controlPlane.target).not.toBe(daprd.target);
});

test('every source of ours that is built in asks for a new build when it changes', async () => {
  for (const module of [kubernetesModule, daprControlPlaneModule]) {
    const own = Object.values(module.programs).filter((path) => path.startsWith('.'));
    expect(module.sources).toEqual(own.map((path) => join(path, 'main.go')));
    const { target } = await readPin(module);
    for (const source of module.sources ?? []) {
      expect(await readFile(join(module.folder, source), 'utf8')).toContain('package main');
    }
    expect((await readPin({ ...module, sources: [] })).target).not.toBe(target);
  }
});
