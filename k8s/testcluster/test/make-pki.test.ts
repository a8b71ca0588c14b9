import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Layout, network } from '../src/layout.ts';
import { makePki } from '../src/node/make-pki.ts';

let pki: string;
beforeAll(async () => {
  pki = await mkdtemp(join(tmpdir(), 'muster-pki-'));
  await makePki({ pki } as Layout);
});
afterAll(() => rm(pki, { recursive: true }));

test('members are signed by their authority and serve under the names they are called by', async () => {
  const read = async (name: string) => new X509Certificate(await readFile(join(pki, `${name}.crt`)));
  const [ca, frontCa, apiserver, front, kubelet] = await Promise.all(
    ['ca', 'front-proxy-ca', 'apiserver', 'front-proxy', 'kubelet'].map(read),
  );
  expect(apiserver?.checkIssued(ca as X509Certificate)).toBe(true);
  expect(front?.checkIssued(frontCa as X509Certificate)).toBe(true);
  expect(front?.checkIssued(ca as X509Certificate)).toBe(false);
  expect(apiserver?.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(apiserver?.checkIP(network.apiService)).toBe(network.apiService);
  expect(apiserver?.checkHost('kubernetes.default.svc')).toBe('kubernetes.default.svc');
  expect(kubelet?.subject).toBe(`O=system:nodes\nCN=system:node:${network.nodeName}`);
});

test('a kubeconfig names only what is in the folder', async () => {
  const config = JSON.parse(await readFile(join(pki, 'kubelet.conf'), 'utf8'));
  expect(config.clusters[0].cluster.server).toBe(`https://${network.nodeIp}:6443`);
  expect(config.users[0].user['client-key']).toBe(join(pki, 'kubelet.key'));
});
