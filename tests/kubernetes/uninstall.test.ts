import { beforeAll, expect, test } from 'vitest';
import { get, kubectl } from './src/cluster.ts';
import { measured } from './src/figures.ts';
import { helm, installOnce, release } from './src/release.ts';
import { until } from './src/until.ts';

beforeAll(installOnce);

const ours = ['--selector', 'app.kubernetes.io/part-of=muster'];

test('helm uninstall takes everything but the Secrets that seal data', async () => {
  await measured('helm uninstall --wait', () => helm(['uninstall', release, '--wait', '--timeout', '3m']));
  await kubectl(['delete', 'pod', 'muster-round-trip', '--ignore-not-found']);
  const kinds = 'deployments,services,serviceaccounts,jobs,configmaps,hpa,pdb,networkpolicies';
  expect((await kubectl(['get', kinds, ...ours, '--output', 'name'])).trim()).toBe('');
  // Helm waits for what it made; their pods still finish their requests.
  await until('the pods have ended', async () => (await kubectl(['get', 'pods', ...ours, '--output', 'name'])) === '');
  expect((await kubectl(['get', 'components,configurations,resiliencies', '--output', 'name'])).trim()).toBe('');
  const { items } = await get(['secrets', ...ours]);
  expect(items.map((one: { metadata: { name: string } }) => one.metadata.name)).toContain('muster-auth');
});

test('and those go by the words that helm install printed', async () => {
  await kubectl(['delete', 'secret', '--selector', `app.kubernetes.io/instance=${release}`]);
  expect((await get(['secrets', ...ours])).items).toEqual([]);
});

test('the stores of a trial go with their data, by the words of k8s/README.md', async () => {
  await helm(['uninstall', 'stores', '--wait', '--timeout', '3m']);
  await kubectl(['delete', 'secret,pvc', '--selector', 'app.kubernetes.io/part-of=dev-stores']);
  // What stays would meet the next release: databases sealed by a key that is gone.
  expect(await kubectl(['get', 'secrets,persistentvolumeclaims', '--output', 'name'])).toBe('');
});
