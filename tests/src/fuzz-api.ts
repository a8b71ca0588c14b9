// Throws generated requests at the running platform and holds every answer against /openapi.json (Schemathesis):
// no 5xx, no undocumented status, content type or body.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newPerson } from './people.ts';
import { pythonTool } from './python-tool.ts';
import { closeWorld, world } from './world.ts';

const root = path.resolve(import.meta.dirname, '../..');
const examples = process.env.FUZZ_EXAMPLES ?? '25';
// They end the session they are called with, so they run last, with a session of their own.
const ENDS_SESSION = '^/api/auth/(logout|logout-all|change-password)$';

const { api, adminToken, cache } = await world();
const bin = await pythonTool(path.join(root, 'tests/fuzz/requirements.txt'), cache);

// It keeps notes of its own in the folder it runs in.
const scratch = await mkdtemp(path.join(tmpdir(), 'muster-fuzz-'));

function schemathesis(token: string, filter: string[]): Promise<number> {
  const args = [
    ...['run', `${api.origin}/openapi.json`, '--url', api.origin],
    ...['--header', `Authorization: Bearer ${token}`],
    ...['--phases', 'examples,coverage,fuzzing', '--max-examples', examples, '--seed', '2026'],
    ...['--checks', 'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance'],
    ...['--continue-on-failure', '--suppress-health-check', 'all', '--request-timeout', '30', '--warnings', 'off'],
    ...filter,
  ];
  return new Promise((resolve) => {
    const child = spawn(path.join(bin, 'schemathesis'), args, {
      cwd: scratch,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

const codes = [
  await schemathesis(adminToken(), ['--exclude-path-regex', ENDS_SESSION]),
  await schemathesis((await newPerson()).token, ['--include-path-regex', ENDS_SESSION]),
];
await closeWorld();
await rm(scratch, { recursive: true, force: true });
process.exit(codes.every((code) => code === 0) ? 0 : 1);
