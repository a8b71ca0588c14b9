import { describe, expect, test } from 'vitest';
import { refusal, render } from '../src/render.ts';

describe('values that cannot work are refused with the value to change', () => {
  const cases: [string, object, RegExp][] = [
    ['a wrong key', { attendance: { replicass: 3 } }, /attendance:[\s\S]*'replicass' not allowed/],
    ['a wrong key at the top', { gatway: {} }, /'gatway' not allowed/],
    ['a wrong type', { auth: { replicas: 'two' } }, /auth:[\s\S]*\/replicas/],
    ['a wrong tag', { global: { image: { tag: 'a b' } } }, /\/global\/image\/tag/],
    ['two autoscalers', { attendance: { autoscaling: { kind: 'hpa,keda' } } }, /\/autoscaling\/kind/],
    [
      'a wrong database URL',
      { stores: { postgres: { urls: { auth: 'mysql://x' } } } },
      /\/stores\/postgres\/urls\/auth/,
    ],
    [
      'more pods than connections',
      { attendance: { autoscaling: { maxReplicas: 20 } } },
      /384 connections[\s\S]*poolMax/,
    ],
    [
      'more fewest pods than most',
      { attendance: { autoscaling: { minReplicas: 9 } } },
      /attendance: autoscaling\.minReplicas \(9\) is above autoscaling\.maxReplicas \(6\)/,
    ],
    [
      'an Ingress without a name',
      { gateway: { ingress: { enabled: true } } },
      /gateway: ingress\.enabled needs ingress\.host/,
    ],
    ['a route without a Gateway', { gateway: { httpRoute: { enabled: true } } }, /httpRoute\.parentRefs/],
    [
      'databases without a server',
      { stores: { postgres: { createDatabases: { enabled: true } } } },
      /createDatabases\.host/,
    ],
    ['a store without keys', { stores: { s3: { endpoint: 'http://s3:7070' } } }, /stores\.s3\.accessKey/],
    [
      'too short an end',
      { events: { shutdown: { graceSeconds: 20 } } },
      /shutdown\.graceSeconds \(20\) must be at least 50/,
    ],
    ['a mail server of another kind', { mail: { smtpUrl: 'http://mail' } }, /\/mail\/smtpUrl/],
    ['a weak password', { admin: { password: 'short' } }, /admin\.password/],
  ];
  test.each(cases)('%s', async (_, values, said) => {
    expect(await refusal(values)).toMatch(said);
  });

  test('a service of its own needs a name', async () => {
    expect(await refusal({}, { chart: 'service' })).toMatch(/name is missing/);
  });

  test('0 connections switches the check off', async () => {
    const values = { stores: { postgres: { maxConnections: 0 } }, attendance: { autoscaling: { maxReplicas: 50 } } };
    await expect(render(values)).resolves.toBeDefined();
  });
});
