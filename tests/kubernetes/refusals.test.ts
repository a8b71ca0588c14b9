// What cannot work is refused with the value to change, before a pod of Muster starts.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cluster } from './src/cluster.ts';
import { chart } from './src/release.ts';

const elsewhere = 'muster-refusals';
const secrets = [
  'stores.redis.host=redis.muster:6379',
  'stores.redis.password=x',
  'stores.s3.endpoint=http://s3.muster:7070',
]
  .concat(['stores.s3.accessKey=a', 'stores.s3.secretKey=b'])
  .join(',');
const services = ['auth', 'employee', 'attendance', 'events'];
const urls = (url: string): string => services.map((name) => `stores.postgres.urls.${name}=${url}`).join(',');

const install = async (...args: string[]): Promise<string> =>
  (await cluster()).helm([
    'install',
    'refused',
    chart,
    '--namespace',
    elsewhere,
    '--wait',
    '--timeout',
    '90s',
    ...args,
  ]);
const kubectl = async (...args: string[]): Promise<string> =>
  (await cluster()).kubectl(['--namespace', elsewhere, ...args]);

beforeAll(async () => {
  const { kubectl: ask } = await cluster();
  await ask(['delete', 'namespace', elsewhere, '--ignore-not-found']);
  await ask(['create', 'namespace', elsewhere]);
});
afterAll(async () => {
  await (await cluster()).kubectl(['delete', 'namespace', elsewhere, '--wait=false']);
});

describe('helm install refuses', () => {
  test('a key that is none, with its name', async () => {
    await expect(install('--set', 'attendance.replicass=3')).rejects.toThrow(/attendance[\s\S]*replicass/);
  });

  test('a value of the wrong type, with its path', async () => {
    await expect(install('--set', 'auth.replicas=two')).rejects.toThrow(/replicas[\s\S]*want integer|replicas/);
  });

  test('a missing Secret, with its keys and the value to set instead', async () => {
    await expect(install()).rejects.toThrow(
      /The Secret muster-redis in namespace muster-refusals has no key "host"[\s\S]*set stores\.redis\.host/,
    );
    await expect(install('--set', secrets)).rejects.toThrow(/muster-postgres-auth[\s\S]*stores\.postgres\.urls\.auth/);
  });
});

test('an unreachable database stops the release, and the first line of the migration says which', async () => {
  const url = 'postgres://somebody:not-a-secret@nowhere.muster:5432/x';
  const once = services.map((name) => `${name}.migrations.retries=0`).join(',');
  await expect(install('--set', secrets, '--set', urls(url), '--set', once)).rejects.toThrow(/failed pre-install/);
  const [job = ''] = (await kubectl('get', 'jobs', '--output', 'name')).trim().split('\n');
  const log = await kubectl('logs', job);
  expect(log.split('\n')[0]).toMatch(/DATABASE_URL: PostgreSQL at nowhere\.muster:5432\/x as somebody/);
  expect(log).not.toContain('not-a-secret');
  expect(await kubectl('get', 'deployments', '--output', 'name')).toBe('');
});
