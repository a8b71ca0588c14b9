import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureTools } from '@muster/dev-env';
import { freePort } from '@muster/testing';
import { createSidecar, type Sidecar } from '../../src/index.ts';
import { redisAnswers } from '../../src/sidecar/redis-answers.ts';
import { appApiToken, silent } from '../events.ts';
import { type Child, start, until } from './child.ts';
import { writeComponents } from './components.ts';

const sidecarToken = 'sidecar-token-of-the-test';
const s3 = { accessKey: 'test', secretKey: 'test-secret', region: 'us-east-1', bucket: 'photos' };

/** A real Redis, S3 and daprd around an app that listens on `appPort`, on ports and in a folder of their own. */
export async function createStage() {
  const tools = await ensureTools(() => {});
  const folder = await mkdtemp(join(tmpdir(), 'muster-dapr-'));
  const names = ['redis', 's3', 'app', 'http', 'grpc', 'inner', 'metrics'] as const;
  const ports = {} as Record<(typeof names)[number], number>;
  for (const name of names) ports[name] = await freePort();
  const resources = join(folder, 'components');
  const redisHost = `127.0.0.1:${ports.redis}`;
  const endpoint = `http://127.0.0.1:${ports.s3}`;
  await writeComponents(resources, { redisHost, redisPassword: '', endpoint, ...s3 });
  await mkdir(join(folder, 's3', s3.bucket), { recursive: true });

  const appId = `kit-${process.pid}`;
  const flags = {
    'app-id': appId,
    'app-port': ports.app,
    'dapr-http-port': ports.http,
    'dapr-grpc-port': ports.grpc,
    'dapr-internal-grpc-port': ports.inner,
    'metrics-port': ports.metrics,
    'resources-path': resources,
    'dapr-listen-addresses': '127.0.0.1',
    'max-body-size': '16Mi',
  };
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const env = { APP_API_TOKEN: appApiToken, DAPR_API_TOKEN: sidecarToken, DAPR_HOST_IP: '127.0.0.1' };
  const sidecar: Sidecar = createSidecar({ httpPort: ports.http, apiToken: sidecarToken, log: silent });
  const children: { redis?: Child; daprd?: Child; s3?: Child } = {};

  return {
    appId,
    ports,
    redisHost,
    sidecar,
    children,
    async startRedis() {
      const options = { port: ports.redis, bind: '127.0.0.1', dir: folder, appendonly: 'yes', save: '' };
      const redis = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
      children.redis = start('redis-server', redis);
      await until('Redis answers', () => redisAnswers(redisHost));
    },
    async startDaprd() {
      children.daprd = start(tools.daprd, args, env);
      await until('the sidecar is ready', () => sidecar.ready());
    },
    async startS3() {
      const s3Env = { ROOT_ACCESS_KEY: s3.accessKey, ROOT_SECRET_KEY: s3.secretKey };
      const s3Args = ['--port', `127.0.0.1:${ports.s3}`, 'posix', join(folder, 's3')];
      children.s3 = start(tools.versitygw, s3Args, s3Env);
      await until('S3 answers', () =>
        fetch(endpoint).then(
          () => true,
          () => false,
        ),
      );
    },
    async stop() {
      await sidecar.close();
      for (const child of [children.daprd, children.redis, children.s3]) await child?.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type Stage = Awaited<ReturnType<typeof createStage>>;
