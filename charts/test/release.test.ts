import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { chartFolder, find, ofKind, render } from '../src/render.ts';
import { runTool } from '../src/run-tool.ts';

const services = ['gateway', 'auth', 'employee', 'attendance', 'events'];
const repo = join(import.meta.dirname, '../..');
const everything = {
  global: { monitoring: { serviceMonitors: true } },
  stores: {
    postgres: {
      createDatabases: { enabled: true, host: 'postgres', adminUrl: 'postgres://postgres:x@postgres/postgres' },
    },
    redis: { host: 'redis:6379', password: 'p@ss' },
    s3: { endpoint: 'http://s3:7070', accessKey: 'a', secretKey: 'b' },
  },
  mail: { smtpUrl: 'smtp://muster:secret-word@mail:587' },
  gateway: { ingress: { enabled: true, host: 'muster.example', tls: { clusterIssuer: 'letsencrypt' } } },
};

describe('the release', () => {
  test.each(['service', 'muster', '../k8s/dev-stores'])('helm lint has nothing against %s', async (chart) => {
    const args = chart === 'service' ? ['--set', 'name=attendance,image.registry=localhost/muster'] : [];
    const { code, stdout } = await runTool('helm', ['lint', '--strict', '--quiet', chartFolder(chart), ...args]);
    expect(code, stdout).toBe(0);
  });

  test('brings every service up by default', async () => {
    const manifests = await render();
    for (const kind of ['Deployment', 'Service', 'ServiceAccount']) {
      expect(ofKind(manifests, kind).map((one) => one.metadata.name)).toEqual([...services].sort());
    }
    expect(ofKind(manifests, 'Job')).toHaveLength(4);
  });

  test('holds the very components of dapr-components/', async () => {
    const manifests = await render();
    const files = (await readdir(join(repo, 'dapr-components'))).filter((name) => name.endsWith('.yaml'));
    for (const name of files) {
      const text = await readFile(join(repo, 'dapr-components', name), 'utf8');
      const wanted = parse(text);
      expect(find(manifests, wanted.kind, wanted.metadata.name)).toEqual(wanted);
    }
    expect(manifests.filter((one) => one.apiVersion?.startsWith('dapr.io/'))).toHaveLength(files.length);
  });

  test('access control names the namespace of the release', async () => {
    const manifests = await render({}, { args: ['-n', 'elsewhere'] });
    const { policies } = find(manifests, 'Configuration', 'muster-auth').spec.accessControl;
    expect(new Set(policies.map((one: { namespace: string }) => one.namespace))).toEqual(new Set(['elsewhere']));
  });

  test('packages the linked files themselves', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'muster-package-'));
    try {
      const packed = await runTool('helm', ['package', chartFolder('muster'), '-d', folder]);
      expect(packed.code, packed.stderr).toBe(0);
      const [archive = ''] = await readdir(folder);
      const manifests = await render({}, { chart: join(folder, archive) });
      expect(manifests).toHaveLength((await render()).length);
      find(manifests, 'Resiliency', 'muster');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('secrets, then databases, then migrations, then the pods', async () => {
    const manifests = await render(everything);
    const weight = (kind: string, name: string): number =>
      Number(find(manifests, kind, name).metadata.annotations['helm.sh/hook-weight']);
    expect(weight('Secret', 'muster-postgres-auth')).toBeLessThan(weight('Job', 'muster-databases'));
    expect(weight('Job', 'muster-databases')).toBeLessThan(weight('Job', 'auth-migrations'));
    expect(find(manifests, 'Job', 'auth-migrations').metadata.annotations['helm.sh/hook']).toBe(
      'pre-install,pre-upgrade',
    );
  });

  test('every pod is restricted, without a token and with a size', async () => {
    const manifests = await render(everything);
    const pods = manifests.flatMap((one) => (one.kind === 'Pod' ? [one.spec] : (one.spec?.template?.spec ?? [])));
    expect(pods).toHaveLength(5 + 4 + 1 + 1);
    for (const spec of pods) {
      expect(spec.automountServiceAccountToken).toBe(false);
      expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      for (const container of spec.containers) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(container.resources.requests).toHaveProperty('cpu');
        expect(container.resources.limits).toHaveProperty('memory');
      }
    }
  });

  test('only secrets carry secrets', async () => {
    const manifests = await render(everything);
    const others = JSON.stringify(manifests.filter((one) => one.kind !== 'Secret'));
    for (const one of ofKind(manifests, 'Secret')) {
      for (const [key, value] of Object.entries(one.data as Record<string, string>)) {
        const text = Buffer.from(value, 'base64').toString();
        if (text.length >= 20 && key !== 'endpoint') expect(others).not.toContain(text);
      }
    }
  });

  test('what the pods take from Secrets is what is made, and urls are escaped', async () => {
    const manifests = await render(everything);
    const made = new Set<string>();
    for (const one of ofKind(manifests, 'Secret'))
      for (const key of Object.keys(one.data)) made.add(`${one.metadata.name}/${key}`);
    const wanted = [...JSON.stringify(manifests).matchAll(/"secretKeyRef":\{"name":"([^"]+)","key":"([^"]+)"/g)];
    expect(wanted.length).toBeGreaterThan(20);
    for (const [, name, key] of wanted) expect(made).toContain(`${name}/${key}`);
    const { redisUrl, auditSigningKey } = find(manifests, 'Secret', 'muster-events').data;
    expect(Buffer.from(redisUrl, 'base64').toString()).toBe('redis://:p%40ss@redis:6379');
    const pem = Buffer.from(Buffer.from(auditSigningKey, 'base64').toString(), 'base64').toString();
    expect(pem).toMatch(/^-----BEGIN PRIVATE KEY-----/);
  });

  test('a service left out leaves nothing of its own', async () => {
    const manifests = await render({ events: { enabled: false } });
    expect(manifests.filter((one) => one.metadata.name === 'events')).toEqual([]);
  });
});
