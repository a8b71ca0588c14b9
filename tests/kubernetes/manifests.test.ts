// The API server's own judgement of everything the charts can render, without making any of it.

import { join } from 'node:path';
import { repoRoot } from '@muster/dev-env';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cluster } from './src/cluster.ts';
import { chart } from './src/release.ts';

const namespace = 'muster-manifests';
const services = ['gateway', 'auth', 'employee', 'attendance', 'events'];
const everything = [
  'gateway.ingress.enabled=true,gateway.ingress.host=muster.example,gateway.ingress.tls.clusterIssuer=letsencrypt',
  'stores.postgres.createDatabases.enabled=true,stores.postgres.createDatabases.host=postgres',
  'stores.postgres.createDatabases.adminUrl=postgres://postgres:x@postgres/postgres',
  'stores.redis.host=redis:6379,stores.s3.endpoint=http://s3:7070,stores.s3.accessKey=a,stores.s3.secretKey=b',
];

beforeAll(async () => {
  const { kubectl } = await cluster();
  await kubectl(['delete', 'namespace', namespace, '--ignore-not-found']);
  await kubectl(['create', 'namespace', namespace]);
  await kubectl(['label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted']);
});
afterAll(async () => {
  await (await cluster()).kubectl(['delete', 'namespace', namespace, '--wait=false']);
});

async function dryRun(folder: string, ...values: string[]): Promise<string> {
  const { helm, kubectl } = await cluster();
  const set = values.flatMap((value) => ['--set', value]);
  const manifests = await helm(['template', 'muster', folder, '--namespace', namespace, ...set]);
  const strict = ['--dry-run=server', '--validate=strict', '--filename', '-'];
  return kubectl(['--namespace', namespace, 'create', ...strict], manifests);
}

test('the API server takes the whole release, network policies among it', async () => {
  const taken = await dryRun(chart, ...everything);
  for (const name of ['muster-default', 'muster-test', ...services]) {
    expect(taken).toContain(`networkpolicy.networking.k8s.io/${name} created (server dry run)`);
  }
  for (const one of ['ingress.networking.k8s.io/gateway', 'job.batch/muster-databases', 'deployment.apps/events']) {
    expect(taken).toContain(`${one} created`);
  }
});

test('and the stores of a trial', async () => {
  expect(await dryRun(join(repoRoot, 'k8s/dev-stores'))).toContain('statefulset.apps/postgres created');
});
