import { expect, test } from 'vitest';
import { template } from '../src/render.ts';
import { runTool } from '../src/run-tool.ts';

/** Findings that stand, and why. The check's id, then the part of its comment that is meant. */
const reasons: Record<string, Record<string, string>> = {
  'container-resources': {
    'CPU limit is not set': 'a throttled pod delays every request; requests divide a full node fairly',
  },
  'container-image-pull-policy': {
    'ImagePullPolicy is not set to Always': 'tags are never moved, and a start must not need the registry',
  },
};
const ofStores: typeof reasons = {
  'statefulset-has-servicename': {
    'does not have a valid serviceName': 'one pod each: nobody needs a name of a single pod',
  },
  'pod-networkpolicy': {
    'does not have a matching NetworkPolicy': 'stores for a trial, in the namespace whose policies Muster brings',
  },
};

const release = {
  global: { monitoring: { serviceMonitors: true } },
  stores: {
    postgres: {
      createDatabases: { enabled: true, host: 'postgres', adminUrl: 'postgres://postgres:x@postgres/postgres' },
    },
    redis: { host: 'redis:6379', password: 'x' },
    s3: { endpoint: 'http://s3:7070', accessKey: 'a', secretKey: 'b' },
  },
  gateway: { ingress: { enabled: true, host: 'muster.example', tls: { clusterIssuer: 'letsencrypt' } } },
};

test.each([
  ['the release', 'muster', release, reasons],
  ['the stores of a trial', '../k8s/dev-stores', {}, { ...reasons, ...ofStores }],
])('kube-score finds nothing critical in %s that has no reason', async (_, chart, values, known) => {
  const found = await findings(chart, values);
  expect(found.filter(({ check, summary }) => !reasonFor(known, check, summary))).toEqual([]);
  // A reason for what is not found any more is to go.
  const unused = Object.entries(known).flatMap(([check, comments]) =>
    Object.keys(comments).filter((part) => !found.some((one) => one.check === check && one.summary.includes(part))),
  );
  expect(unused).toEqual([]);
});

const reasonFor = (known: typeof reasons, check: string, summary: string): string | undefined =>
  Object.entries(known[check] ?? {}).find(([part]) => summary.includes(part))?.[1];

interface Finding {
  object: string;
  check: string;
  summary: string;
}

interface Scored {
  object_name: string;
  checks: { check: { id: string }; grade: number; skipped: boolean; comments: { summary: string }[] | null }[];
}

const critical = 1;

async function findings(chart: string, values: object): Promise<Finding[]> {
  const { code, stdout, stderr } = await template(values, { chart });
  expect(code, stderr).toBe(0);
  const scored = await runTool('kube-score', ['score', '--kubernetes-version', 'v1.32', '-o', 'json', '-'], stdout);
  const objects = JSON.parse(scored.stdout) as Scored[];
  expect(objects.length).toBeGreaterThan(5);
  return objects.flatMap(({ object_name, checks }) =>
    checks
      .filter(({ grade, skipped }) => grade === critical && !skipped)
      .flatMap(({ check, comments }) =>
        (comments ?? []).map(({ summary }) => ({ object: object_name, check: check.id, summary })),
      ),
  );
}
