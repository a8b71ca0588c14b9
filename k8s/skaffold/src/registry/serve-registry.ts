import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { blobFile, manifestFile, manifestType, putManifest } from '@muster/images/dev';

const manifestPath = /^\/v2\/(?<repository>.+)\/manifests\/(?<reference>[\w.:-]+)$/;
const blobPath = /^\/v2\/.+\/blobs\/(?<digest>sha256:[0-9a-f]{64})$/;

/**
 * A registry to pull from: serves the folder that `writeToRegistry` writes, on 127.0.0.1. A kubelet pulls from it, and Skaffold
 * finds digests and configurations there. Nothing can be put there but another tag for what is there.
 */
export function serveRegistry(folder: string, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    answer(folder, request, response).catch(() => response.destroy());
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

async function answer(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://registry');
  const asked = manifestPath.exec(pathname)?.groups as Asked | undefined;
  if (request.method === 'PUT' && asked) return tag(folder, asked, request, response);
  const body = request.method === 'GET';
  if (!body && request.method !== 'HEAD') return refuse(response, 405, 'UNSUPPORTED');
  if (pathname === '/v2/') return void response.end('{}');

  if (asked) {
    const manifest = await readFile(manifestFile(folder, asked.repository, asked.reference)).catch(() => undefined);
    if (!manifest) return refuse(response, 404, 'MANIFEST_UNKNOWN');
    response.writeHead(200, {
      'content-type': manifestType,
      'content-length': manifest.length,
      'docker-content-digest': await digestOf(manifest),
    });
    return void response.end(body ? manifest : undefined);
  }
  const digest = blobPath.exec(pathname)?.groups?.digest;
  const file = digest && blobFile(folder, digest);
  const size = file && (await stat(file).catch(() => undefined))?.size;
  if (!file || size === undefined) return refuse(response, 404, 'BLOB_UNKNOWN');
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': size });
  if (body) await pipeline(createReadStream(file), response);
  else response.end();
}

interface Asked {
  repository: string;
  reference: string;
}

/** What was built before a commit gets that commit's tag. */
async function tag(
  folder: string,
  { repository, reference }: Asked,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const manifest = Buffer.concat(await request.toArray());
  const digest = await digestOf(manifest);
  const known = await readFile(manifestFile(folder, repository, digest)).catch(() => undefined);
  if (!known) return refuse(response, 400, 'MANIFEST_INVALID');
  await putManifest(folder, repository, reference, manifest.toString());
  response.writeHead(201, { 'docker-content-digest': digest, location: `/v2/${repository}/manifests/${digest}` });
  response.end();
}

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return `sha256:${Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex')}`;
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ errors: [{ code }] }));
}
