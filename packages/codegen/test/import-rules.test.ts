import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');

/** What each room may not import, and something it may. */
const rooms: { room: string; refused: string[]; allowed: string[] }[] = [
  {
    room: 'services/auth/src/domain',
    refused: [
      'node:fs',
      'node:fs/promises',
      'hono',
      'hono/factory',
      'undici',
      'postgres',
      '@muster/db',
      '@muster/dapr',
      '../sql/find-user.ts',
      '../verbs/login.ts',
      '../deps.ts',
      '@muster/employee',
    ],
    allowed: ['node:crypto', '@muster/contracts', '@muster/contracts/http/auth', './user.ts'],
  },
  {
    room: 'services/auth/src/verbs',
    refused: ['hono', '@hono/zod-openapi', '@muster/dapr', '@dapr/dapr', 'postgres', 'minio', 'socket.io'],
    allowed: ['@muster/db', '@muster/identity', '../sql/find-user.ts', '../domain/user.ts'],
  },
  {
    room: 'services/auth/src/verbs/shared',
    refused: ['hono', '@muster/service-kit', '../../http/key-routes.ts', '../../events/index.ts', '@muster/employee'],
    allowed: ['../../sql/find-user.ts', '../../domain/user.ts'],
  },
  {
    room: 'services/auth/src/http',
    refused: ['../sql/find-user.ts', 'postgres', '@dapr/dapr', 'minio', 'socket.io', '@muster/employee'],
    allowed: ['hono', '@hono/zod-openapi', '../verbs/login.ts', '@muster/service-kit', '@muster/dapr'],
  },
  {
    room: 'services/auth/src/events',
    refused: ['../sql/find-user.ts', 'postgres', '@muster/attendance'],
    allowed: ['../verbs/login.ts', '@muster/dapr'],
  },
  { room: 'services/auth/src/jobs', refused: ['../sql/find-user.ts', 'postgres'], allowed: ['../verbs/login.ts'] },
  {
    room: 'services/auth/src/sql',
    refused: ['hono', '@muster/dapr', '@muster/service-kit', 'postgres', '../verbs/login.ts', '../http/x.ts', 'minio'],
    allowed: ['@muster/db', '../domain/user.ts'],
  },
  {
    room: 'services/auth/src',
    refused: [
      'postgres',
      '@dapr/dapr',
      'minio',
      'socket.io',
      '@muster/employee',
      '@muster/auth',
      '../../employee/src/app.ts',
    ],
    allowed: ['hono', '@muster/db', './app.ts', 'node:url'],
  },
  { room: 'services/employee/src/blob', refused: ['postgres', 'socket.io', '@dapr/dapr'], allowed: ['minio'] },
  { room: 'services/events/src/sockets', refused: ['postgres', 'minio', '@dapr/dapr'], allowed: ['socket.io'] },
  { room: 'packages/dapr/src', refused: ['postgres', 'minio', 'socket.io'], allowed: ['@dapr/dapr', '@muster/db'] },
  { room: 'packages/service-kit/src', refused: ['postgres', '@dapr/dapr', '@muster/auth'], allowed: ['hono'] },
  { room: 'packages/contracts/src', refused: ['postgres', 'hono', '@muster/db'], allowed: ['zod', './ids.ts'] },
];
const cases = rooms.flatMap(({ room, refused, allowed }, index) => [
  ...refused.map((target, n) => ({ room, target, file: `${room}/probe-${index}-no-${n}.ts`, verdict: 'refused' })),
  ...allowed.map((target, n) => ({ room, target, file: `${room}/probe-${index}-yes-${n}.ts`, verdict: 'allowed' })),
]);

interface Report {
  diagnostics: { category: string; location: { path: string } }[];
}

let folder: string;
let refused: Set<string>;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'muster-rules-'));
  await cp(path.join(root, 'biome.json'), path.join(folder, 'biome.json'));
  for (const { file, target } of cases) {
    await mkdir(path.join(folder, path.dirname(file)), { recursive: true });
    await writeFile(path.join(folder, file), `import * as x from '${target}';\n\nexport const y = x;\n`);
  }
  const biome = path.join(root, 'node_modules/.bin/biome');
  const args = ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none', '.'];
  // It exits with 1, since it finds what we put there.
  const out = await new Promise<string>((resolve) =>
    execFile(biome, args, { cwd: folder }, (_error, text) => resolve(text)),
  );
  const { diagnostics } = JSON.parse(out) as Report;
  const ofImports = diagnostics.filter(({ category }) => category === 'lint/style/noRestrictedImports');
  refused = new Set(ofImports.map(({ location }) => location.path));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the import rules between rooms', () => {
  it.each(cases)('$room: $target is $verdict', ({ file, verdict }) => {
    expect(refused.has(file) ? 'refused' : 'allowed').toBe(verdict);
  });
});
