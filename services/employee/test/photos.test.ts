import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sweepPhotos } from '../src/verbs/sweep-photos.ts';
import { type Answer, createHarness, type Harness } from './support/harness.ts';
import { jpegOf, phonePhoto, pngBomb } from './support/images.ts';
import { somebody } from './support/people.ts';

let on: Harness;
beforeAll(async () => {
  on = await createHarness();
});
afterAll(() => on.drop());
afterEach(() => {
  on.store.down = false;
});

const put = (id: string, body: Uint8Array | FormData, headers: Record<string, string> = {}, as = on.hr) =>
  on.ask('PUT', `/api/employees/${id}/photo`, { as, body, headers });
const raw = (id: string, bytes: Uint8Array, type = 'image/jpeg') => put(id, bytes, { 'content-type': type });
const get = (id: string, query = '', headers: Record<string, string> = {}, as = somebody('employee')) =>
  on.ask('GET', `/api/employees/${id}/photo${query}`, { as, headers });
const formOf = (bytes: Uint8Array, name = 'me.jpg', field = 'photo'): FormData => {
  const form = new FormData();
  form.set(field, new File([new Uint8Array(bytes)], name));
  return form;
};

describe('PUT photo', () => {
  it('keeps 1024 and 128 px as JPEG, upright, without EXIF or place', async () => {
    const { id } = await on.hire();
    const answer = await put(id, formOf(await phonePhoto(1600, 1200)));
    expect([answer.status, answer.body]).toEqual([
      200,
      { employeeId: id, photoVersion: expect.any(String), width: 768, height: 1024 },
    ]);
    for (const [query, side] of [
      ['', 1024],
      ['?size=1024', 1024],
      ['?size=128', 128],
    ] as const) {
      const photo = await get(id, query);
      expect(photo.status).toBe(200);
      expect(photo.headers.get('content-type')).toBe('image/jpeg');
      const meta = await sharp(photo.body).metadata();
      expect(meta).toMatchObject({ format: 'jpeg', height: side, width: (side * 3) / 4 });
      expect([meta.exif, meta.icc, meta.xmp, meta.orientation]).toEqual([undefined, undefined, undefined, undefined]);
      expect(Buffer.from(photo.body).includes('SecretPhone')).toBe(false);
    }
    const event = (await on.published('employee.photo-updated.v1')).at(-1);
    expect(event?.data).toMatchObject({ employeeId: id, version: 2, photoVersion: answer.body.photoVersion });
    const shown = (await on.ask('GET', `/api/employees/${id}`, { as: somebody('employee') })).body;
    expect(shown.photoVersion).toBe(answer.body.photoVersion);
  });

  it.each(['png', 'webp', 'jpeg'] as const)(
    'takes raw %s, whatever type it claims, and never enlarges',
    async (format) => {
      const { id } = await on.hire();
      const bytes = await sharp({ create: { width: 60, height: 40, channels: 4, background: '#0f08' } })
        .toFormat(format)
        .toBuffer();
      const answer = await raw(id, bytes, 'image/png');
      expect([answer.status, answer.body.width, answer.body.height]).toEqual([200, 60, 40]);
    },
  );

  it('takes exactly 25 megapixels', async () => {
    const { id } = await on.hire();
    expect((await raw(id, await jpegOf(5000, 5000))).status).toBe(200);
    expect((await raw(id, await jpegOf(5000, 5001))).body.code).toBe('invalid_input');
  });

  it('refuses a picture of 25,000 × 25,000 from its header', async () => {
    const { id } = await on.hire();
    const before = process.memoryUsage().rss;
    const answer = await raw(id, pngBomb(25_000, 25_000), 'image/png');
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_input']);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
    expect((await get(id)).status).toBe(404);
  });

  it.each<[string, () => Promise<Uint8Array> | Uint8Array, number]>([
    ['a text named .jpg', () => Buffer.from('I am a photo, honestly.'), 415],
    ['an SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), 415],
    [
      'a GIF',
      () =>
        sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
          .gif()
          .toBuffer(),
      415,
    ],
    [
      'a TIFF',
      () =>
        sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
          .tiff()
          .toBuffer(),
      415,
    ],
    ['noise', () => randomBytes(5000), 415],
    ['half a JPEG', async () => (await jpegOf(3000, 2000)).subarray(0, 9000), 400],
    ['a PNG whose data is missing', () => pngBomb(4000, 4000), 400],
    ['nothing at all', () => new Uint8Array(), 400],
  ])('refuses %s', async (_what, make, status) => {
    const { id, version } = await on.hire();
    const bytes = await make();
    const asForm = await put(id, formOf(bytes));
    expect([asForm.status, asForm.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
    expect((await raw(id, bytes)).status).toBe(status);
    expect((await on.ask('GET', `/api/employees/${id}`, { as: on.hr })).body.version).toBe(version);
    expect([...on.store.objects.keys()].filter((key) => key.includes(id))).toEqual([]);
  });

  it('413 for 30 MB and for just over 10 MiB, in a form or raw', async () => {
    const { id } = await on.hire();
    for (const size of [30_000_000, 10 * 1024 * 1024 + 1]) {
      const bytes = new Uint8Array(size);
      expect((await raw(id, bytes)).body.code).toBe('body_too_large');
      expect((await put(id, formOf(bytes))).body.code).toBe('body_too_large');
    }
  });

  it('refuses a form without the field, with text in it, or broken, and other types', async () => {
    const { id } = await on.hire();
    const jpeg = await jpegOf(10, 10);
    expect((await put(id, formOf(jpeg, 'a.jpg', 'picture'))).body.errors).toMatchObject([{ field: 'photo' }]);
    const text = new FormData();
    text.set('photo', 'not a file');
    expect((await put(id, text)).body.code).toBe('invalid_input');
    expect((await put(id, jpeg, { 'content-type': 'multipart/form-data; boundary=x' })).status).toBe(400);
    expect((await put(id, jpeg, { 'content-type': 'multipart/form-data' })).status).toBe(400);
    expect((await put(id, jpeg, { 'content-type': 'application/json' })).status).toBe(415);
  });

  it('503 when the store is away: the old photo stays, nothing is told', async () => {
    const { id } = await on.hire();
    const first = (await raw(id, await jpegOf(20, 20))).body.photoVersion;
    const told = (await on.published()).length;
    on.store.down = true;
    expect((await raw(id, await jpegOf(30, 30))).status).toBe(503);
    on.store.down = false;
    expect((await on.ask('GET', `/api/employees/${id}`, { as: on.hr })).body.photoVersion).toBe(first);
    expect((await on.published()).length).toBe(told);
  });

  it('is for oneself and hr: 403 for others, 404 for nobody and deleted people, 401 without a token', async () => {
    const { id } = await on.hire();
    const jpeg = await jpegOf(10, 10);
    const headers = { 'content-type': 'image/jpeg' };
    expect((await put(id, jpeg, headers, somebody('manager'))).status).toBe(403);
    expect((await put(id, jpeg, headers, somebody('employee', { id }))).status).toBe(200);
    expect((await raw('0198aaaa-0000-7000-8000-00000000dead', jpeg)).status).toBe(404);
    await on.ask('DELETE', `/api/employees/${id}`, { as: on.hr });
    expect((await raw(id, jpeg)).status).toBe(404);
    expect((await on.ask('PUT', `/api/employees/${id}/photo`, { body: jpeg, headers })).status).toBe(401);
  });
});

describe('GET photo', () => {
  it('answers 304 to who has it, without asking the store', async () => {
    const { id } = await on.hire();
    await raw(id, await jpegOf(300, 300));
    const first = await get(id);
    expect(first.headers.get('cache-control')).toMatch(/private/);
    const etag = first.headers.get('etag') ?? '';
    const reads = on.store.reads;
    const again = await get(id, '', { 'if-none-match': etag });
    expect([again.status, again.body.byteLength, on.store.reads]).toEqual([304, 0, reads]);
    expect((await get(id, '?size=128', { 'if-none-match': etag })).status).toBe(200);
    await raw(id, await jpegOf(200, 200));
    expect((await get(id, '', { 'if-none-match': etag })).status).toBe(200);
  });

  it('404 without one, 400 for another size, 401 without a token, hidden with a deleted person', async () => {
    const { id } = await on.hire();
    expect((await get(id)).status).toBe(404);
    await raw(id, await jpegOf(20, 20));
    expect((await get(id, '?size=64')).status).toBe(400);
    expect((await on.ask('GET', `/api/employees/${id}/photo`)).status).toBe(401);
    await on.ask('DELETE', `/api/employees/${id}`, { as: on.hr });
    expect((await get(id)).status).toBe(404);
    expect((await get(id, '', {}, on.hr)).status).toBe(200);
  });
});

describe('/api/profile/photo', () => {
  it('sets, shows and removes one’s own', async () => {
    const { id } = await on.hire();
    const as = somebody('employee', { id });
    const headers = { 'content-type': 'image/jpeg' };
    const path = '/api/profile/photo';
    expect((await on.ask('PUT', path, { as, body: await jpegOf(50, 50), headers })).body.employeeId).toBe(id);
    expect((await on.ask('GET', `${path}?size=128`, { as })).status).toBe(200);
    expect((await on.ask('DELETE', path, { as })).status).toBe(204);
    expect((await on.ask('DELETE', path, { as })).status).toBe(404);
    expect((await on.ask('GET', path, { as })).status).toBe(404);
    expect((await on.published('employee.photo-removed.v1')).at(-1)?.data).toMatchObject({
      employeeId: id,
      version: 3,
    });
  });
});

describe('objects in the store', () => {
  it('the old ones go once nobody can still be reading them, also after an outage', async () => {
    const { id } = await on.hire();
    const keysOf = () => [...on.store.objects.keys()].filter((key) => key.includes(id)).length;
    await raw(id, await jpegOf(20, 20));
    await raw(id, await jpegOf(30, 30));
    await sweepPhotos(on.deps);
    expect(keysOf()).toBe(4);
    on.pass({ minutes: 1 });
    on.store.down = true;
    await sweepPhotos(on.deps);
    on.store.down = false;
    expect(keysOf()).toBe(4);
    on.pass({ minutes: 2 });
    await sweepPhotos(on.deps);
    expect(keysOf()).toBe(2);
    expect((await get(id)).status).toBe(200);
    await on.ask('DELETE', `/api/employees/${id}/photo`, { as: on.hr });
    on.pass({ minutes: 2 });
    await sweepPhotos(on.deps);
    expect(keysOf()).toBe(0);
  });

  it('those of an upload that died halfway are found and deleted', async () => {
    const { id } = await on.hire();
    const create = on.store.create;
    const { promise: stored, resolve } = Promise.withResolvers<void>();
    on.store.create = async (object) => {
      await create(object);
      resolve();
      return new Promise<void>(() => {});
    };
    void raw(id, await jpegOf(20, 20));
    await stored;
    on.store.create = create;
    await sweepPhotos(on.deps);
    expect([...on.store.objects.keys()].some((key) => key.includes(id))).toBe(true);
    on.pass({ minutes: 11 });
    await sweepPhotos(on.deps);
    expect([...on.store.objects.keys()].some((key) => key.includes(id))).toBe(false);
  });

  it.each([
    ['deleted', false],
    ['about to be deleted', true],
  ])('an upload so slow that its objects were %s is refused, never pointed to', async (_what, down) => {
    const { id } = await on.hire();
    const create = on.store.create;
    on.store.create = async (object) => {
      await create(object);
      if (!object.key.endsWith('/128.jpg')) return;
      on.pass({ minutes: 11 });
      on.store.down = down;
      await sweepPhotos(on.deps);
    };
    const answer = await raw(id, await jpegOf(20, 20));
    on.store.create = create;
    on.store.down = false;
    expect(answer.status).toBe(503);
    expect((await get(id)).status).toBe(404);
  });
});

describe('a crowd of uploads', () => {
  it('beyond the bound gets 503 at once, and the others are served', async () => {
    const small = await createHarness({ uploads: 2 });
    const { id } = await small.hire();
    const ask = { as: small.hr, body: await jpegOf(40, 40), headers: { 'content-type': 'image/jpeg' } };
    const send = () => small.ask('PUT', `/api/employees/${id}/photo`, ask);
    const { promise: opened, resolve: open } = Promise.withResolvers<void>();
    const create = small.store.create;
    small.store.create = async (object) => {
      await opened;
      await create(object);
    };
    const answers = Array.from({ length: 6 }, send);
    // Two hold their places until the store opens, so four must come back before that.
    const refused: Answer[] = [];
    for (const answer of answers) void answer.then((one) => one.status === 503 && refused.push(one));
    await expect.poll(() => refused.length, { timeout: 20_000 }).toBe(4);
    expect(refused[0]?.body.code).toBe('overloaded');
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    open();
    const statuses = (await Promise.all(answers)).map((answer) => answer.status).sort();
    expect(statuses).toEqual([200, 200, 503, 503, 503, 503]);
    expect((await send()).status).toBe(200);
    await small.drop();
  });
});
