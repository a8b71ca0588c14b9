import { expect, test } from 'vitest';
import { kedaOverlay } from '../src/keda/keda-overlay.ts';

const overlay = kedaOverlay('../keda', { operator: 'localhost/x:1', adapter: 'localhost/y:1' }) as {
  resources: string[];
  patches: { target: { name: string }; patch: string }[];
};

test("KEDA's own manifests are taken, without the webhook, and patched with images that no one pulls", () => {
  expect(overlay.resources).toEqual(['../keda/minimal']);
  expect(overlay.patches.map(({ target }) => target.name)).toEqual(['keda-operator', 'keda-metrics-apiserver']);
  const values = overlay.patches.map(({ patch }) => JSON.parse(patch).map(({ value }: { value: unknown }) => value));
  expect(values[0]).toEqual(expect.arrayContaining(['localhost/x:1', 'Never', '--enable-webhook-patching=false']));
  expect(values[1]).toEqual(expect.arrayContaining(['localhost/y:1', 'Never']));
});
