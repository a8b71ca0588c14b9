import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sweepExports } from '../src/verbs/sweep-exports.ts';
import { sweepPhotos } from '../src/verbs/sweep-photos.ts';
import { createHarness, type Harness } from './support/harness.ts';
import { jpegOf } from './support/images.ts';
import { somebody } from './support/people.ts';

let h: Harness;
beforeEach(async () => {
  h = await createHarness();
});
afterEach(() => h.drop());

const path = '/api/privacy/exports';
const hired = async (given: Record<string, unknown> = {}) => {
  const { id } = await h.hire({ name: 'Ada Lovelace', phone: '+49 30 1234', ...given });
  return somebody('employee', { id });
};
const asked = async (as: ReturnType<typeof somebody>, body: unknown = {}) => {
  const answer = await h.ask('POST', path, { as, body });
  expect(answer.status).toBe(202);
  return answer.body;
};
const archive = async (as: ReturnType<typeof somebody>, id: string) => h.ask('GET', `${path}/${id}/archive`, { as });
const unpack = (bytes: Uint8Array) =>
  Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, content]) => [name, strFromU8(content, true)]));

describe('an export', () => {
  it('holds what every service knows, and the photo, in one archive', async () => {
    const ada = await hired();
    await h.ask('PUT', '/api/profile/photo', {
      as: ada,
      body: await jpegOf(20, 20),
      headers: { 'content-type': 'image/jpeg' },
    });
    h.holders.attendance.pages = [
      [{ table: 'punches', row: { id: 1, notes: 'first' } }],
      [
        { table: 'punches', row: { id: 2, notes: 'second' } },
        { table: 'people', row: { name: 'Ada Lovelace' } },
      ],
    ];
    h.holders.auth.pages = [[{ table: 'sessions', row: { ip: '203.0.113.9' } }]];
    const { id, status } = await asked(ada);
    expect(status).toBe('preparing');
    expect((await archive(ada, id)).status).toBe(404);
    expect(await sweepExports(h.deps)).toBe(1);
    const { body } = await h.ask('GET', `${path}/${id}`, { as: ada });
    expect(body).toMatchObject({ status: 'ready', employeeId: ada.id, bytes: expect.any(Number) });

    const answer = await archive(ada, id);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('content-type')).toBe('application/zip');
    expect(answer.body).toHaveLength(body.bytes);
    const files = unpack(answer.body);
    expect(
      files['attendance/punches.jsonl']
        ?.trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { id: 1, notes: 'first' },
      { id: 2, notes: 'second' },
    ]);
    expect(files['auth/sessions.jsonl']).toContain('203.0.113.9');
    expect(JSON.parse(files['employee/people.jsonl'] ?? '')).toMatchObject({
      name: 'Ada Lovelace',
      phone: '+49 30 1234',
    });
    expect(files['employee/photo.jpg']?.startsWith('\xff\xd8')).toBe(true);
    expect(JSON.parse(files['contents.json'] ?? '').rows).toMatchObject({ 'attendance/punches.jsonl': 2 });
  });

  it('never holds a secret that lies beside the data', async () => {
    const ada = await hired();
    await h.sql`
      update people set creation_key = 'PLANTED-key', creation_hash = 'PLANTED-hash', creation_answer = 'PLANTED'::bytea
      where id = ${ada.id}
    `;
    const { id } = await asked(ada);
    await sweepExports(h.deps);
    const files = Object.values(unpack((await archive(ada, id)).body)).join('\n');
    expect(files).not.toContain('PLANTED');
    expect(files).not.toContain(Buffer.from('PLANTED').toString('hex'));
  });

  it('is told of by an event, and asking twice is one export', async () => {
    const ada = await hired();
    const [first, second] = await Promise.all([asked(ada), asked(ada)]);
    expect(second.id).toBe(first.id);
    expect(await h.published('employee.data-export-requested.v1')).toHaveLength(1);
    await sweepExports(h.deps);
    expect((await asked(ada)).id).not.toBe(first.id);
  });

  it('waits for a service that is away, and leaves nothing of the attempts that failed', async () => {
    const ada = await hired();
    h.holders.events.down = true;
    const { id } = await asked(ada);
    expect(await sweepExports(h.deps)).toBe(0);
    expect(await sweepExports(h.deps)).toBe(0);
    h.holders.events.down = false;
    expect(await sweepExports(h.deps)).toBe(0);
    h.pass({ seconds: 11 });
    expect(await sweepExports(h.deps)).toBe(1);
    await sweepPhotos(h.deps);
    const keys = [...h.store.objects.keys()].filter((key) => key.startsWith('exports/'));
    expect(keys).toEqual([`exports/${ada.id}/${id}/2/0.zip.part`]);
  });

  it('is taken over when its process dies', async () => {
    const ada = await hired();
    const { id } = await asked(ada);
    // As a process leaves it that claimed the row and died.
    await h.sql`update personal_exports set attempt = 1, next_attempt_at = ${'2026-03-02T08:05:00Z'} where id = ${id}`;
    expect(await sweepExports(h.deps)).toBe(0);
    h.pass({ minutes: 5 });
    expect(await sweepExports(h.deps)).toBe(1);
  });

  it('of a long history goes to the store in parts, and comes back whole', async () => {
    const ada = await hired();
    const noise = () => Buffer.from(crypto.getRandomValues(new Uint8Array(60_000))).toString('base64');
    h.holders.attendance.pages = Array.from({ length: 120 }, (_, index) => [
      { table: 'punches', row: { index, notes: noise() } },
    ]);
    const { id } = await asked(ada);
    await sweepExports(h.deps);
    const keys = [...h.store.objects.keys()].filter((key) => key.startsWith('exports/'));
    expect(keys.length).toBeGreaterThan(1);
    const files = unpack((await archive(ada, id)).body);
    expect(files['attendance/punches.jsonl']?.trim().split('\n')).toHaveLength(120);
  });

  it('expires after seven days: neither the route nor the store has it', async () => {
    const ada = await hired();
    const { id } = await asked(ada);
    await sweepExports(h.deps);
    h.pass({ hours: 7 * 24 - 1 });
    await sweepPhotos(h.deps);
    expect((await archive(ada, id)).status).toBe(200);
    h.pass({ hours: 1 });
    await sweepPhotos(h.deps);
    expect((await archive(ada, id)).status).toBe(404);
    expect((await h.ask('GET', `${path}/${id}`, { as: ada })).body.status).toBe('expired');
    expect([...h.store.objects.keys()].filter((key) => key.startsWith('exports/'))).toEqual([]);
  });
});

describe('who may', () => {
  it('ask for themselves; for others admin and hr only', async () => {
    const ada = await hired();
    const employeeId = ada.id;
    for (const as of [h.admin, h.hr]) {
      const { id } = await asked(as, { employeeId });
      expect((await h.ask('GET', `${path}/${id}`, { as })).status).toBe(200);
      expect((await h.ask('GET', `${path}/${id}`, { as: ada })).status).toBe(200);
    }
    for (const role of ['manager', 'employee', 'teacher'] as const) {
      expect((await h.ask('POST', path, { as: somebody(role), body: { employeeId } })).status).toBe(404);
    }
    expect((await h.ask('POST', path, { as: somebody('kiosk'), body: {} })).status).toBe(403);
    expect((await h.ask('POST', path, { body: {} })).status).toBe(401);
    expect((await h.ask('POST', path, { as: ada, body: { surplus: 1 } })).status).toBe(400);
  });

  it('fetch it: the person and who asked, nobody else, not even an admin', async () => {
    const ada = await hired();
    const { id } = await asked(ada);
    await sweepExports(h.deps);
    for (const as of [h.admin, h.hr, somebody('employee')]) {
      expect((await archive(as, id)).status).toBe(404);
      expect((await h.ask('GET', `${path}/${id}`, { as })).status).toBe(404);
    }
  });
});
