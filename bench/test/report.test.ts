import { expect, test } from 'vitest';
import { isFresh } from '../src/people/mint-people.ts';
import { readLatencies, readOutput } from '../src/pgbench/run-pgbench.ts';
import { fiveStatements, oneStatement } from '../src/pgbench/script.ts';
import { medians } from '../src/report/medians.ts';
import { ratiosOf, targetsOf } from '../src/report/ratios.ts';
import type { Run } from '../src/scenarios/scenario.ts';

const run = (perSecond: number, extra: Partial<Run> = {}): Run => ({
  ...{
    startedAt: '',
    count: 1,
    seconds: 1,
    perSecond,
    p50Ms: 1,
    p99Ms: 2,
    statuses: {},
    generatorUs: 1,
    cores: {},
    othersCores: 0,
  },
  ...extra,
});

test('medians go into groups and pass over what a run could not tell', () => {
  const audit = (drainPerSecond: number) => ({
    totalSeconds: 1,
    lagSeconds: 1,
    backlog: 1,
    perSecond: 1,
    drainPerSecond,
  });
  const runs = [
    run(3, { cores: { node: 1 }, audit: audit(Number.NaN) }),
    run(1, { cores: { node: 3, redis: 1 }, audit: audit(20) }),
    run(2, { cores: { node: 2 }, audit: audit(10) }),
  ];
  expect(medians(runs)).toMatchObject({ perSecond: 2, cores: { node: 2, redis: 1 }, audit: { drainPerSecond: 10 } });
});

test('ratios and targets come from the medians; what was not measured is no target', () => {
  const runs = { direct: run(4000), pgbench: run(5000), gateway: run(1000) };
  expect(ratiosOf(runs)).toMatchObject({ 'a/d': 0.8, 'b/a': 0.25, 'a/e': Number.NaN });
  const targets = targetsOf(runs, undefined).map(({ what, ok }) => [what.slice(0, 3), ok]);
  expect(targets).toEqual([
    ['(a)', true],
    ['(a)', true],
    ['(b)', false],
  ]);
});

test.each([
  [0, 0],
  [0.1, 10],
  [1, 100],
])('of a hundred people a share of %d brings %d new tokens', (share, fresh) => {
  expect(Array.from({ length: 100 }, (_, at) => isFresh(at, share)).filter(Boolean).length).toBe(fresh);
});

test('the closing words of pgbench are read, and a failure is one', () => {
  const output = (failed: number): string =>
    `number of transactions actually processed: 640/640\nnumber of failed transactions: ${failed} (0.000%)
tps = 320.5 (without initial connection time)`;
  expect(readOutput(output(0))).toEqual({ perSecond: 320.5, seconds: 640 / 320.5 });
  expect(() => readOutput(output(2))).toThrow('did not do its work');
  expect(readLatencies('0 0 1500 0 1 2\n1 0 250 0 1 2\n')).toEqual([1.5, 0.25]);
});

test.each([oneStatement, fiveStatements])('pgbench finds only variables of ours in the script', (script) => {
  const sampleEvent = `{"id":"E1","note":"it's 10:00:00","open":null,"data":{"id":"E1"}}`;
  const values = { siteId: 's', zone: 'Europe/Berlin', siteDate: '2026-01-01', sampleEventId: 'E1', sampleEvent };
  const text = script(values);
  const variables = [...text.matchAll(/(?<!:):([a-z]\w*)/gi)].map(([, name]) => name);
  expect(new Set(variables).difference(new Set(['a', 'b', 'session_id'])).size).toBe(0);
  expect(text).not.toContain('E1');
});
