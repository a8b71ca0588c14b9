import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Api, createApi, signIn } from '@muster/demo';
import { cacheFolder, createPlatform, type Platform, repoRoot } from '@muster/dev-env';
import { type Collector, freePort, startCollector } from '@muster/testing';
import postgres from 'postgres';

/** The running platform and what a test needs to talk to it. */
export interface World {
  platform: Platform;
  /** A client at the gateway. */
  api: Api;
  admin: { email: string; password: string };
  /** A valid access token of the administrator. */
  adminToken(): string;
  /** A service's database as the service sees it; `postgres` superuser rights by {@link World.superuser}. */
  sql(service: string): postgres.Sql;
  superuser(service: string): postgres.Sql;
  redis(command: string[]): Promise<string>;
  /** Runs a command of `make up`'s CLI against this platform. */
  cli(args: string[], env?: Record<string, string>): Promise<{ exitCode: number; output: string }>;
  /** Everything that services and sidecars have logged so far. */
  logs(): Promise<string>;
  cache: string;
  /** Where traces would go, were they on: this platform has everything of OpenTelemetry's but the endpoint that switches it on. */
  wouldBeCollector: Pick<Collector, 'connections'>;
  /** Where on localhost a page may be served that the platform takes for its web app. */
  pagePort: number;
}

// Cheap hashes and wide limits: what they protect has tests of its own, and five hundred people must register here.
const envFor = (page: string) => ({
  auth: { BCRYPT_COST: '4', HASH_QUEUE_MAX: '2000', KEY_PUBLISHED_AHEAD: '1m', WEBAUTHN_ORIGINS: page },
  // Nobody's token is revoked here shortly before an erasure: its second look need not wait for that.
  employee: { ERASURE_SECOND_LOOK_SECONDS: '1' },
  gateway: {
    RATE_LIMIT_PER_USER_PER_MINUTE: '1000000',
    RATE_LIMIT_PER_ADDRESS_PER_MINUTE: '1000000',
    CORS_ORIGINS: page,
  },
});
const TOKEN_REFRESH_MS = 5 * 60_000;

let started: Promise<World & { close(): Promise<void> }> | undefined;

/** Starts the platform when first asked; every test file shares it. It ends with this process, however that ends. */
export function world(): Promise<World> {
  started ??= start();
  return started;
}

export async function closeWorld(): Promise<void> {
  await (await started)?.close();
  started = undefined;
}

async function start(): Promise<World & { close(): Promise<void> }> {
  const wouldBeCollector = await startCollector();
  const traces = {
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${wouldBeCollector.url}/v1/traces`,
    OTEL_TRACES_SAMPLER: 'always_on',
    OTEL_BSP_SCHEDULE_DELAY: '100',
  };
  const pagePort = await freePort();
  const bundles = process.env.MUSTER_BUNDLES === 'true';
  const platform = await createPlatform({
    ports: 'free',
    env: { ...envFor(`http://localhost:${pagePort}`), '*': traces },
    bundles,
  });
  await platform.start();
  const api = createApi(platform.urls.platform);
  const { admin } = platform;
  let token = (await signIn(api, admin.email, admin.password)).accessToken;
  const refresh = setInterval(() => {
    signIn(api, admin.email, admin.password).then(
      (session) => {
        token = session.accessToken;
      },
      () => {},
    );
  }, TOKEN_REFRESH_MS);
  refresh.unref();

  const pools = new Map<string, postgres.Sql>();
  const pool = (url: string): postgres.Sql => {
    const known = pools.get(url) ?? postgres(url, { max: 2, onnotice: () => {} });
    pools.set(url, known);
    return known;
  };
  const superuserUrl = (service: string): string => {
    const url = new URL(platform.sqlUrl('postgres'));
    url.pathname = new URL(platform.sqlUrl(service)).pathname;
    return url.href;
  };
  return {
    platform,
    api,
    admin,
    adminToken: () => token,
    sql: (service) => pool(platform.sqlUrl(service)),
    superuser: (service) => pool(superuserUrl(service)),
    redis: (command) => redisCli(platform.redisUrl, command),
    cli: (args, env = {}) =>
      run('node', [path.join(repoRoot, 'packages/dev-env/src/cli.ts'), ...args], { MUSTER_ENV: platform.name, ...env }),
    logs: () => readLogs(path.join(platform.folder, 'logs')),
    cache: cacheFolder(),
    wouldBeCollector,
    pagePort,
    async close() {
      clearInterval(refresh);
      await Promise.all([...pools.values()].map((sql) => sql.end({ timeout: 5 })));
      await api.close();
      await platform.stop();
      await wouldBeCollector.close();
    },
  };
}

/** What `redis-cli` prints; an error answer throws, for a command that did nothing would prove nothing. */
async function redisCli(url: string, command: string[]): Promise<string> {
  const { hostname, port, password } = new URL(url);
  const auth = { REDISCLI_AUTH: decodeURIComponent(password) };
  const { exitCode, output } = await run('redis-cli', ['-e', '-h', hostname, '-p', port, ...command], auth);
  if (exitCode !== 0) throw new Error(`redis-cli ${command.join(' ')}: ${output}`);
  return output;
}

async function readLogs(folder: string): Promise<string> {
  const files = await readdir(folder);
  const bodies = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
  return bodies.join('\n');
}

function run(
  command: string,
  args: string[],
  extra: Record<string, string> = {},
): Promise<{ exitCode: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, ...extra }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr.on('data', (data: Buffer) => (output += data.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ exitCode: code ?? 1, output }));
  });
}
