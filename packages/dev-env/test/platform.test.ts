import { existsSync } from 'node:fs';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPlatform, type Platform, waitUntil } from '../src/index.ts';
import { findMarked } from '../src/process/find-marked.ts';
import { fixtureComponents, fixtureServices } from './fixture/services.ts';

// On a machine that has never built Dapr, the start does.
const buildMs = 30 * 60_000;
let platform: Platform;

beforeAll(async () => {
  platform = await createPlatform({ services: fixtureServices, components: fixtureComponents });
  await platform.start();
}, buildMs);
afterAll(() => platform.stop(), 60_000);

const invoke = async (from: string, to: string, path: string) => {
  const headers = { 'dapr-api-token': platform.tokens[from]?.dapr ?? '' };
  const response = await fetch(`${platform.sidecarUrl(from)}/v1.0/invoke/${to}/method${path}`, { headers });
  return { status: response.status, body: await response.text() };
};
const untilInvocable = () =>
  waitUntil('alpha to reach beta', async () => (await invoke('alpha', 'beta', '/hello')).status === 200, 60_000);

test('a sidecar carries a call to the other app with the name of the caller, over mTLS', async () => {
  const { status, body } = await invoke('alpha', 'beta', '/hello');
  expect(status, body).toBe(200);
  expect(JSON.parse(body)).toMatchObject({ caller: 'alpha', database: false });
});

test('who is not on the list, or asks for what is not on it, is refused', async () => {
  const notListedPath = await invoke('alpha', 'beta', '/hidden');
  const notListedCaller = await invoke('beta', 'alpha', '/hello');
  for (const { status, body } of [notListedPath, notListedCaller]) {
    expect(status).toBe(403);
    // The certificate says who called: without mTLS there would be no name here.
    expect(body).toMatch(/spiffe:\/\/public\/ns\/muster\/(alpha|beta)/);
  }
});

test('a sidecar answers only to who knows its token', async () => {
  const response = await fetch(`${platform.sidecarUrl('alpha')}/v1.0/invoke/beta/method/hello`);
  expect(response.status).toBe(401);
});

test('a service owns its database, with flushing on, and reaches no other', async () => {
  const own = postgres(platform.sqlUrl('alpha'), { max: 1 });
  await own`create table mine (id int)`;
  expect(await own`show fsync`).toEqual([{ fsync: 'on' }]);
  expect((await own`show server_version`)[0]?.server_version).toMatch(/^18\./);
  await own.end();
  const other = postgres(platform.sqlUrl('alpha').replace(/\/alpha$/, '/postgres'), { max: 1 });
  await expect(other`select 1`).rejects.toThrow('permission denied for database');
  await other.end();
});

test('a killed sidecar and a killed service are back, and calls go through again', async () => {
  for (const name of ['beta-dapr', 'beta']) {
    const part = platform.part(name);
    const before = part.pid;
    await part.kill9();
    await part.ready();
    expect(part.pid).not.toBe(before);
    await untilInvocable();
  }
});

test('a sidecar killed while Redis is down comes back without it', async () => {
  await platform.part('redis').stop();
  await platform.part('beta-dapr').kill9();
  await platform.part('beta-dapr').ready();
  await platform.part('redis').start();
  await untilInvocable();
});

test('Postgres killed the hard way comes back with its data', async () => {
  await platform.part('postgres').kill9();
  await platform.part('postgres').ready();
  const sql = postgres(platform.sqlUrl('alpha'), { max: 1 });
  expect(await sql`select count(*)::int as n from mine`).toEqual([{ n: 0 }]);
  await sql.end();
});

test('a second process of a service shares its name: with the first one down, calls reach it', async () => {
  const replica = await platform.addReplica('beta');
  await untilInvocable();
  await Promise.all([platform.part('beta').stop(), platform.part('beta-dapr').stop()]);
  await untilInvocable();
  const { body } = await invoke('alpha', 'beta', '/hello');
  expect(JSON.parse(body)).toMatchObject({ pid: replica.service.pid });
  await Promise.all([platform.part('beta').start(), platform.part('beta-dapr').start()]);
});

test('stop leaves no process and no folder', async () => {
  expect(platform.status().every(({ state }) => state === 'ready')).toBe(true);
  await platform.stop();
  expect(findMarked(platform.folder)).toEqual([]);
  expect(existsSync(platform.folder)).toBe(false);
});
