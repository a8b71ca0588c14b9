import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { musterServices } from '@muster/dev-env';
import { expect, test } from 'vitest';
import { find, ofKind, render } from '../src/render.ts';

const repo = join(import.meta.dirname, '../..');
const read = (path: string): Promise<string> => readFile(join(repo, path), 'utf8');
const services = ['gateway', 'auth', 'employee', 'attendance', 'events'];

async function source(pattern: string): Promise<string> {
  const texts: string[] = [];
  for await (const path of glob(pattern, { cwd: repo })) texts.push(await read(path));
  return texts.join('\n');
}

test('dashboards and alerts ask for metrics that the code has', async () => {
  const ours = await source('{packages,services}/*/src/**/metrics.ts');
  const dashboards = await source('charts/muster/dashboards/*.json');
  const asked = `${await read('charts/muster/files/alerts.yaml')}\n${dashboards}`;
  const names = new Set(asked.match(/\b(muster|http|process|nodejs|dapr)_[a-z0-9_]+/g));
  names.delete('http_request'); // never alone
  // Of prom-client and of Dapr's pkg/diagnostics, looked up by hand.
  const known = [
    'process_cpu_seconds_total',
    'process_resident_memory_bytes',
    'process_status',
    'nodejs_eventloop_lag_p99_seconds',
    'dapr_component_pubsub_ingress_count',
    'dapr_component_pubsub_egress_bulk_count',
  ];
  expect(names.size).toBeGreaterThan(8);
  for (const name of names) {
    if (known.includes(name)) continue;
    expect(ours).toContain(`'${name.replace(/_(bucket|sum|count)$/, '')}'`);
  }
});

test.each(services)('%s is given what its environment requires, and nothing it does not know', async (service) => {
  const manifests = await render();
  const [container] = find(manifests, 'Deployment', service).spec.template.spec.containers;
  const given = new Set(container.env.map((one: { name: string }) => one.name));
  const { configSchema } = await import(join(repo, 'services', service, 'src/config.ts'));
  // An empty environment is refused with everything that is required.
  const refused = configSchema.safeParse({}).error?.issues ?? [];
  for (const issue of refused) expect(given).toContain(String(issue.path[0]));
  const shared = Object.keys((await renderedEnv()).shared);
  const known = Object.keys((configSchema.def.shape ?? configSchema.in?.def?.shape) as object);
  for (const name of given) if (!shared.includes(name as string)) expect(known).toContain(name);
});

async function renderedEnv(): Promise<{ shared: Record<string, true> }> {
  const envs = ofKind(await render(), 'Deployment').map((one) =>
    one.spec.template.spec.containers[0].env.map((entry: { name: string }) => entry.name),
  );
  const shared = envs.reduce((left: string[], right: string[]) => left.filter((name) => right.includes(name)));
  return { shared: Object.fromEntries(shared.map((name: string) => [name, true])) };
}

test('the connections beside the pool are those of the punch flights', async () => {
  const manifests = await render({ attendance: { database: { poolMax: 7 } } });
  const [container] = find(manifests, 'Deployment', 'attendance').spec.template.spec.containers;
  expect(container.env).toContainEqual({ name: 'DATABASE_POOL_MAX', value: '7' });
  const { configSchema } = await import(join(repo, 'services/attendance/src/config.ts'));
  const flights = configSchema.shape.PUNCH_FLIGHTS.parse(undefined);
  expect(await read('charts/muster/values.yaml')).toContain(`extraConnections: ${flights * 2}`);
  expect(await read('services/attendance/src/main.ts')).toContain('max: config.PUNCH_FLIGHTS * 2');
});

test.each(musterServices())('the sidecar of $app is told what that of `make up` is told', async (service) => {
  const { annotations } = find(await render(), 'Deployment', service.app).spec.template.metadata;
  expect(annotations['dapr.io/max-body-size']).toBe(service.maxBodySize ?? '4Mi');
  expect(annotations['dapr.io/app-max-concurrency']).toBe(service.maxConcurrency?.toString());
  const sidecar = await read('packages/dev-env/src/parts/sidecar.ts');
  const env = Object.fromEntries(annotations['dapr.io/env'].split(',').map((pair: string) => pair.split('=')));
  for (const [name, value] of Object.entries(env)) expect(sidecar).toContain(`${name}: '${value}'`);
  // Go gives memory back before the kernel takes the process.
  const mebibytes = (text: string): number => Number(/^(\d+)Mi/.exec(text)?.[1]);
  expect(mebibytes(env.GOMEMLIMIT)).toBeLessThan(mebibytes(annotations['dapr.io/sidecar-memory-limit']));
});

test('KEDA asks where attendance answers, with a token that is made, and rules alone', async () => {
  const manifests = await render({ attendance: { autoscaling: { kind: 'keda', maxReplicas: 5 } } });
  const { triggers, maxReplicaCount } = find(manifests, 'ScaledObject', 'attendance').spec;
  const { metadata, authenticationRef } = triggers[1];
  expect(await read('services/attendance/src/http/mount-autoscaler.ts')).toContain(
    `app.get('${new URL(metadata.url).pathname}'`,
  );
  const [{ name, key }] = find(manifests, 'TriggerAuthentication', authenticationRef.name).spec.secretTargetRef;
  expect(find(manifests, 'Secret', name).data).toHaveProperty(key);
  const [container] = find(manifests, 'Deployment', 'attendance').spec.template.spec.containers;
  expect(container.env).toContainEqual({ name: 'SCALING_TOKEN', valueFrom: { secretKeyRef: { name, key } } });
  expect(container.env).toContainEqual({ name: 'SCALING_MAX_PODS', value: String(maxReplicaCount) });
  expect(ofKind(manifests, 'HorizontalPodAutoscaler')).toEqual([]);
});
