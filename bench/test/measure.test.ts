import { expect, test } from 'vitest';
import { auditFigures } from '../src/measure/audit.ts';
import { coresBetween, parseStat, sumByGroup } from '../src/measure/cpu.ts';
import { readGauge } from '../src/measure/event-loop.ts';
import { parseBusy } from '../src/measure/machine-load.ts';
import { median, summarise } from '../src/measure/summarise.ts';

const outcome = {
  startedAt: 1000,
  endedAt: 3000,
  latenciesMs: Float64Array.from({ length: 100 }, (_, at) => at + 1),
  statuses: new Uint16Array(100).fill(201),
  retryAfters: 0,
  cpuMs: 4,
};

test('a load is summed up by its rate and its percentiles', () => {
  const summary = {
    startedAt: '1970-01-01T00:00:01.000Z',
    count: 100,
    seconds: 2,
    perSecond: 50,
    p50Ms: 50,
    p99Ms: 99,
    statuses: { 201: 100 },
    generatorUs: 40,
  };
  expect(summarise(outcome, 201)).toEqual(summary);
});

test('a load in which one was refused is no measurement', () => {
  const statuses = outcome.statuses.with(3, 409);
  expect(() => summarise({ ...outcome, statuses }, 201)).toThrow('"409":1');
});

test('the median is the middle one', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2);
});

test('processes count under their nearest named ancestor, with children that ended', () => {
  const stat = (pid: number, parent: number, own: number, ended: number): string =>
    `${pid} (a ) b) S ${parent} 1 1 0 -1 0 0 0 0 0 ${own} 0 ${ended} 0 20 0 1`;
  const processes = [stat(10, 1, 100, 50), stat(11, 10, 200, 0), stat(12, 11, 100, 0), stat(20, 1, 999, 0)].map(
    parseStat,
  );
  const groups = new Map([
    [10, 'postgres'],
    [12, 'inner'],
  ]);
  const after = sumByGroup(processes, groups);
  expect(Object.fromEntries(after)).toEqual({ postgres: 3.5, inner: 1 });
  expect(coresBetween(new Map([['postgres', 0.5]]), after, 2)).toEqual({ postgres: 1.5, inner: 0.5 });
});

test('waiting for the disk is not being busy', () => {
  expect(parseBusy('cpu  100 50 200 9999 9999 10 20 20 0 0\ncpu0 1 1')).toBe(4);
});

test('an audit that lags is measured from the last answer, and by what drained after it', () => {
  const samples = [
    { at: 4000, entries: 100 },
    { at: 2000, entries: 40 },
    { at: 2900, entries: 60 },
  ];
  const figures = auditFigures(samples, 100, { startedAt: 1000, endedAt: 3000 });
  expect(figures).toMatchObject({ totalSeconds: 3, lagSeconds: 1, backlog: 40, drainPerSecond: 40 });
  expect(figures.perSecond).toBeCloseTo(33.3, 1);
});

test('a gauge is found among others whose names begin alike', () => {
  const page = 'a_b_total 1\na_b{x="y"} 0.012\na_b_c 3\n';
  expect(readGauge(page, 'a_b')).toBe(0.012);
  expect(readGauge(page, 'missing')).toBeNaN();
});
