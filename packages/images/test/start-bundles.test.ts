import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { apps } from '@muster/contracts';
import { testDatabase } from '@muster/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleServices, type ServiceBundle } from '../src/index.ts';
import { serviceImage } from '../src/recipes/service-image.ts';

let target: string;
let bundles: ServiceBundle[];
beforeAll(async () => {
  target = await mkdtemp(join(tmpdir(), 'muster-bundles-'));
  bundles = await bundleServices([], target);
}, 300_000);
afterAll(() => rm(target, { recursive: true }));

const own = (app: string): ServiceBundle => bundles.find((one) => one.app === app) as ServiceBundle;

interface Run {
  code: number | null;
  output: string;
}

/** Runs a bundle where no source and no node_modules of ours is near, with no more environment than given. */
function run(app: string, entry: string, env: Record<string, string>, until?: RegExp): Promise<Run> {
  const child = spawn(process.execPath, [join(target, app, entry)], { env, cwd: join(target, app) });
  let output = '';
  const read = (chunk: Buffer): void => {
    output += chunk.toString();
    // A second signal would end it at once.
    if (until?.test(output) && !child.killed) child.kill('SIGTERM');
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

const common = {
  HOST: '127.0.0.1',
  PORT: '0',
  DAPR_HTTP_PORT: '1',
  APP_API_TOKEN: 'app-token-1',
  MUSTER_DEFAULT_SITE: '0198aaaa-0000-7000-8000-000000000001',
};

describe.each(apps)('the bundle of %s', (app) => {
  test('carries what it runs and no tool', async () => {
    const names = own(app).packages.map(({ name }) => name);
    expect(names).toContain('hono');
    for (const tool of ['vitest', 'esbuild', 'typescript', 'pino-pretty', 'fast-check', '@biomejs/biome']) {
      expect(names).not.toContain(tool);
    }
    const sbom = JSON.parse(await readFile(join(target, app, 'sbom.cdx.json'), 'utf8'));
    expect(sbom).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name: `muster-${app}` } } });
    expect(sbom.components.length).toBe(new Set(sbom.components.map(({ purl }: { purl: string }) => purl)).size);
    expect(sbom.components.map(({ name }: { name: string }) => name)).toContain('node');
  });

  test('names what its environment lacks', async () => {
    const { code, output } = await run(app, 'main.js', {});
    expect(code).toBe(1);
    expect(output).toMatch(/^The environment is not usable:\n/);
  });
});

describe.each(apps.filter((app) => app !== 'gateway'))('the database of %s', (app) => {
  test('is migrated by migrate.js alone, and never twice', async () => {
    const { url, drop } = await testDatabase();
    const first = await run(app, 'migrate.js', { DATABASE_URL: url });
    expect(first).toMatchObject({ code: 0 });
    expect(first.output).toContain('the database was migrated');
    const second = await run(app, 'migrate.js', { DATABASE_URL: url });
    expect(second).toMatchObject({ code: 0, output: expect.stringContaining('the database is up to date') });
    await drop();
  });
});

const port = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address() as { port: number };
      server.close(() => resolve(free));
    });
  });

describe('a bundle that starts', () => {
  test('of auth hashes in its threads, refuses an old database, and ends on a signal', async () => {
    const { url, drop } = await testDatabase();
    const env = { ...common, DATABASE_URL: url, AUTH_KEY_SECRET: 'a secret of the tests', BCRYPT_COST: '4' };
    const refused = await run('auth', 'main.js', { ...env, MIGRATE_AT_START: 'false' });
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('The database lacks 0001_auth.sql') });
    const started = await run('auth', 'main.js', env, /listening/);
    expect(started).toMatchObject({ code: 0, output: expect.stringContaining('"msg":"listening"') });
    await drop();
  });

  test('of employee loads its native image library', async () => {
    const names = own('employee').packages.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['sharp', `@img/sharp-${process.platform}-${process.arch}`]));
    const module = join(target, 'employee/node_modules/sharp');
    const code = `const sharp = require(${JSON.stringify(module)}); sharp({create:{width:2,height:2,channels:3,background:'red'}}).png().toBuffer().then((b) => console.log('png', b.length))`;
    const child = spawn(process.execPath, ['-e', code], { env: {} });
    const output = await new Promise<string>((resolve) => {
      let text = '';
      child.stdout.on('data', (chunk) => (text += chunk));
      child.once('close', () => resolve(text));
    });
    expect(output).toMatch(/^png \d+/);
  });

  test('of the gateway serves its documentation from beside itself', async () => {
    expect((await readdir(join(target, 'gateway/node_modules/swagger-ui-dist'))).sort()).toEqual(
      expect.arrayContaining(['package.json', 'swagger-ui-bundle.js', 'swagger-ui.css']),
    );
    const free = await port();
    const env = { ...common, PORT: String(free), EVENTS_URL: 'http://127.0.0.1:1' };
    const child = spawn(process.execPath, [join(target, 'gateway/main.js')], { env, cwd: target });
    const page = () => fetch(`http://127.0.0.1:${free}/docs/swagger-ui.css`).then((answer) => answer.status);
    await expect.poll(() => page().catch(() => 0), { timeout: 20_000 }).toBe(200);
    child.kill('SIGKILL');
  });
});

test('an image of employee has the libraries its native package is linked to', async () => {
  const filesOf = async (app: string): Promise<string[]> => {
    const image = await serviceImage({
      ...{ app, folder: join(target, app), registry: 'localhost/muster', tag: 'try', version: '1', base: [] },
    });
    return Object.keys(image.files ?? {}).filter((path) => path !== '/app');
  };
  const libraries = await filesOf('employee');
  expect(libraries.map((path) => basename(path))).toEqual(expect.arrayContaining(['libc.so.6', 'libresolv.so.2']));
  expect(libraries.filter((path) => path.includes('libvips'))).toEqual([]);
  expect(await filesOf('attendance')).toEqual([]);
});
