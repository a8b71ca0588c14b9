import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startKiosk } from '../examples/kiosk.ts';
import { clockIn } from '../examples/person.ts';
import { fakeFetch, problem } from './fake-fetch.ts';
import { FakeServer } from './fake-server.ts';
import { openedSession, signedIn } from './samples.ts';

const root = path.join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the README', () => {
  it.each(['examples/person.ts', 'examples/kiosk.ts'])('shows %s as it is', (file) => {
    expect(read('README.md')).toContain(`\`\`\`ts\n${read(file)}\`\`\``);
  });
});

describe('its examples', () => {
  const person = ['http://muster.test', 'ada@example.org', 'correct horse'] as const;

  it('clock somebody in, once', async () => {
    vi.stubGlobal('fetch', fakeFetch(signedIn, openedSession).fetch);
    expect(await clockIn(...person)).toBe('here since 2026-11-21T08:00:00.000Z');
    const again = { ...openedSession, status: 200 };
    vi.stubGlobal('fetch', fakeFetch(signedIn, problem(409, 'already_checked_in'), again).fetch);
    expect(await clockIn(...person)).toBe('here already, since 2026-11-21T08:00:00.000Z');
  });

  it('run a kiosk', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'muster-kiosk-'));
    const server = new FakeServer();
    vi.stubGlobal('fetch', server.fetch);
    const kiosk = startKiosk('http://muster.test', 'msd_1', path.join(folder, 'punches'));
    const ada = '019a0000-0000-7000-8000-00000000a0a0';
    await kiosk.punch(ada, 'IN');
    await vi.waitFor(() => expect(server.facts.size).toBe(1), { timeout: 20_000 });
    expect([...server.facts.values()]).toMatchObject([{ employeeId: ada, type: 'IN' }]);
    expect(await kiosk.troubles()).toEqual([]);
    await kiosk.stop();
    rmSync(folder, { recursive: true });
  });
});
