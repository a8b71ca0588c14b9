import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeToRegistry } from '@muster/images/dev';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveRegistry } from '../src/registry/serve-registry.ts';

let folder: string;
let server: Server;
let url: string;
let digest: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-registry-'));
  await writeFile(join(folder, 'word'), 'hello');
  server = await serveRegistry(folder, 0);
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2/`;
  digest = await writeToRegistry(folder, {
    tags: ['127.0.0.1:1/muster/attendance:abc'],
    base: [{ texts: { '/etc/passwd': 'nobody' } }],
    files: { '/word': join(folder, 'word') },
    user: '65532:65532',
  });
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

const sha256 = (bytes: ArrayBuffer): string =>
  `sha256:${createHash('sha256').update(Buffer.from(bytes)).digest('hex')}`;

test('an image is found by tag and by digest, and every part of it is what it is called', async () => {
  expect((await fetch(url)).status).toBe(200);
  const head = await fetch(`${url}muster/attendance/manifests/abc`, { method: 'HEAD' });
  expect(head.headers.get('docker-content-digest')).toBe(digest);
  const manifest = await (await fetch(`${url}muster/attendance/manifests/${digest}`)).arrayBuffer();
  expect(sha256(manifest)).toBe(digest);
  const { config, layers } = JSON.parse(Buffer.from(manifest).toString()) as {
    config: { digest: string; size: number };
    layers: { digest: string; size: number }[];
  };
  expect(layers).toHaveLength(2);
  for (const part of [config, ...layers]) {
    const bytes = await (await fetch(`${url}muster/attendance/blobs/${part.digest}`)).arrayBuffer();
    expect(bytes.byteLength).toBe(part.size);
    expect(sha256(bytes)).toBe(part.digest);
  }
});

test('what is not there, and what would be written, is refused as a registry does', async () => {
  for (const path of ['muster/attendance/manifests/other', `muster/attendance/blobs/sha256:${'0'.repeat(64)}`, 'x']) {
    const answer = await fetch(url + path);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toHaveProperty('errors.0.code');
  }
  expect((await fetch(`${url}muster/attendance/manifests/..%2F..%2Fword`)).status).toBe(404);
  expect((await fetch(`${url}muster/attendance/blobs/uploads/`, { method: 'POST' })).status).toBe(405);
});

test('what is there gets another tag, and nothing else can be put there', async () => {
  const manifest = await (await fetch(`${url}muster/attendance/manifests/${digest}`)).text();
  const put = (reference: string, body: string) =>
    fetch(`${url}muster/attendance/manifests/${reference}`, { method: 'PUT', body });
  expect((await put('next', manifest)).status).toBe(201);
  const found = await fetch(`${url}muster/attendance/manifests/next`);
  expect(found.headers.get('docker-content-digest')).toBe(digest);
  expect((await put('other', `${manifest} `)).status).toBe(400);
});
