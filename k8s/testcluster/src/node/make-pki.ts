import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { contextName, type Layout, network } from '../layout.ts';

const run = promisify(execFile);
const openssl = (cwd: string, ...args: string[]) => run('openssl', args, { cwd });
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
const days = ['-days', '365'];

/** Whom the cluster knows: name → subject, and the names it serves under. */
const members: Record<string, { ca?: string; subject: string; names?: string[] }> = {
  apiserver: {
    subject: '/CN=kube-apiserver',
    names: [
      ...['kubernetes', 'kubernetes.default', 'kubernetes.default.svc', `kubernetes.default.svc.${network.domain}`],
      ...['localhost', network.apiService, network.nodeIp, '127.0.0.1'],
    ],
  },
  'apiserver-kubelet': { subject: '/O=system:masters/CN=apiserver-kubelet' },
  'front-proxy': { ca: 'front-proxy-ca', subject: '/CN=front-proxy' },
  admin: { subject: '/O=system:masters/CN=admin' },
  'kube-controller-manager': { subject: '/CN=system:kube-controller-manager' },
  'kube-scheduler': { subject: '/CN=system:kube-scheduler' },
  'kube-proxy': { subject: '/CN=system:kube-proxy' },
  kubelet: {
    subject: `/O=system:nodes/CN=system:node:${network.nodeName}`,
    names: [network.nodeName, network.nodeIp],
  },
};

/** Makes the cluster's authorities, certificates, keys for service accounts and kubeconfigs. */
export async function makePki(layout: Layout): Promise<void> {
  await mkdir(layout.pki, { recursive: true, mode: 0o700 });
  await Promise.all([makeAuthority(layout.pki, 'ca'), makeAuthority(layout.pki, 'front-proxy-ca')]);
  await Promise.all(Object.keys(members).map((name) => makeCertificate(layout.pki, name)));
  const accounts = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await writeFile(join(layout.pki, 'sa.key'), accounts.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await writeFile(join(layout.pki, 'sa.pub'), accounts.publicKey.export({ type: 'spki', format: 'pem' }));
  const inside = `https://${network.nodeIp}:6443`;
  for (const name of ['kube-controller-manager', 'kube-scheduler', 'kube-proxy', 'kubelet']) {
    await writeKubeconfig(layout, name, inside, join(layout.pki, `${name}.conf`));
  }
}

/** Writes a kubeconfig of one member that reaches the API server at `server`. */
export async function writeKubeconfig(layout: Layout, member: string, server: string, path: string): Promise<void> {
  const at = (file: string) => join(layout.pki, file);
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: contextName, cluster: { server, 'certificate-authority': at('ca.crt') } }],
    users: [{ name: member, user: { 'client-certificate': at(`${member}.crt`), 'client-key': at(`${member}.key`) } }],
    contexts: [{ name: contextName, context: { cluster: contextName, user: member } }],
    'current-context': contextName,
  };
  await writeFile(path, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
}

async function makeAuthority(folder: string, name: string): Promise<void> {
  const usage = ['-addext', 'keyUsage=critical,keyCertSign,digitalSignature'];
  const files = ['-keyout', `${name}.key`, '-out', `${name}.crt`];
  await openssl(folder, 'req', '-x509', ...newKey, ...days, '-subj', `/CN=${name}`, ...files, ...usage);
}

async function makeCertificate(folder: string, name: string): Promise<void> {
  const { ca = 'ca', subject, names = [] } = members[name] ?? { subject: `/CN=${name}` };
  const extensions = ['extendedKeyUsage=serverAuth,clientAuth', 'keyUsage=critical,digitalSignature,keyEncipherment'];
  if (names.length > 0) {
    extensions.push(`subjectAltName=${names.map((each) => `${/^[\d.]+$/.test(each) ? 'IP' : 'DNS'}:${each}`).join()}`);
  }
  await writeFile(join(folder, `${name}.ext`), extensions.join('\n'));
  await openssl(folder, 'req', ...newKey, '-subj', subject, '-keyout', `${name}.key`, '-out', `${name}.csr`);
  const serial = `0x${crypto.randomUUID().replaceAll('-', '').slice(1)}`;
  const signed = ['-CA', `${ca}.crt`, '-CAkey', `${ca}.key`, '-set_serial', serial, '-extfile', `${name}.ext`];
  await openssl(folder, 'x509', '-req', '-in', `${name}.csr`, ...signed, ...days, '-out', `${name}.crt`);
}
