import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { repoRoot } from '@muster/dev-env';
import { io } from 'socket.io-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { auditedOnce } from '../src/audit.ts';
import { eventually } from '../src/eventually.ts';
import { checkInPatiently, newPerson } from '../src/people.ts';
import { askedIn, exposed } from '../src/promql.ts';
import { world } from '../src/world.ts';

interface Rules {
  groups: { rules: { alert: string; expr: string }[] }[];
}
interface Dashboard {
  panels: { title: string; targets?: { expr: string }[] }[];
}

const chart = (file: string): Promise<string> => readFile(path.join(repoRoot, 'charts/muster', file), 'utf8');

/** Every expression of the alerts and of the dashboard, by what it is for. */
async function expressions(): Promise<[string, string][]> {
  const { groups } = parse(await chart('files/alerts.yaml')) as Rules;
  const { panels } = JSON.parse(await chart('dashboards/overview.json')) as Dashboard;
  return [
    ...groups.flatMap(({ rules }) => rules.map(({ alert, expr }): [string, string] => [alert, expr])),
    ...panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }): [string, string] => [title, expr])),
  ];
}

async function scrape(): Promise<string> {
  const { platform } = await world();
  const { services, sidecarMetrics } = platform.urls;
  const origins = [...Object.values(services), ...Object.values(sidecarMetrics)];
  const texts = await Promise.all(
    origins.map(async (origin) => {
      const answer = await fetch(`${origin}/metrics`);
      expect(answer.status).toBe(200);
      return answer.text();
    }),
  );
  return texts.join('\n');
}

// Prometheus' own, and what a ServiceMonitor adds to each series (`app` by our relabelling).
const given = new Set(['app', 'pod', 'namespace', 'instance', 'job']);

describe('alerts and dashboard', () => {
  it('ask for what services and sidecars really expose, by labels these have', async () => {
    const { api, adminToken } = await world();
    // A gauge with labels shows once it has counted something.
    const socket = io(`${api.origin}/attendance`, { transports: ['websocket'], auth: { token: adminToken() } });
    onTestFinished(() => void socket.close());
    const { id } = await checkInPatiently(await newPerson());
    await auditedOnce('attendance.checked-in', [id]);
    const asked = (await expressions()).flatMap(([what, expr]) => askedIn(expr).map((one) => ({ what, ...one })));
    expect(asked.length).toBeGreaterThan(30);
    const nowhere = await eventually('everything that is asked for is exposed', async () => {
      const metrics = exposed(await scrape()).set('up', new Set());
      const missing = asked.filter(
        ({ metric, labels }) =>
          !labels.every((label) => given.has(label) || metrics.get(metric)?.has(label)) || !metrics.has(metric),
      );
      if (missing.length > 0) throw new Error(JSON.stringify(missing));
      return missing;
    });
    expect(nowhere).toEqual([]);
  });

  it('an expression that is no PromQL would be found', () => {
    expect(() => askedIn('sum by (app) (rate(up{app="a"}[5m]) >')).toThrow('not PromQL');
    expect(askedIn('rate(a_total{b="c"}[5m]) / on (d) sum(e)')).toEqual([
      { metric: 'a_total', labels: ['b'] },
      { metric: 'e', labels: [] },
    ]);
  });
});
