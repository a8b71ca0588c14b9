import { AppError } from '@muster/contracts';
import { createHttp } from '@muster/service-kit';
import { afterEach, describe, expect, it } from 'vitest';
import { createSidecar, mountJobs } from '../src/index.ts';
import { appApiToken, silent } from './events.ts';
import { type Answer, json, standIn } from './sidecar-stand-in.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const dueAt = Temporal.Instant.from('2026-04-01T08:00:00.123Z');

async function sidecarThat(answer: Answer) {
  const { port, close } = await standIn(answer);
  const sidecar = createSidecar({ httpPort: port, apiToken: 'ours', log: silent });
  closing.push(() => sidecar.close(), close);
  return sidecar;
}

describe('schedule', () => {
  it('registers one shot under its name, in place of an earlier one, and is tried again when it fails', async () => {
    const seen: unknown[] = [];
    const sidecar = await sidecarThat((request, response, body) => {
      seen.push([request.method, request.url, request.headers['dapr-api-token'], JSON.parse(body)]);
      response.writeHead(204).end();
    });
    await sidecar.schedule({ name: 'rotate-keys', dueAt });
    expect(seen).toEqual([
      [
        'POST',
        '/v1.0/jobs/rotate-keys',
        'ours',
        {
          dueTime: '2026-04-01T08:00:01Z',
          overwrite: true,
          failurePolicy: { constant: { interval: '30s', maxRetries: 20 } },
          data: {},
        },
      ],
    ]);
  });

  it('says unavailable when the scheduler or the sidecar is away', async () => {
    const refusing = await sidecarThat((_request, response) => json(response, 500, { errorCode: 'ERR_SCHEDULER' }));
    await expect(refusing.schedule({ name: 'x', dueAt })).rejects.toMatchObject({ code: 'unavailable' });
    const { port, close } = await standIn(() => undefined);
    await close();
    const nobody = createSidecar({ httpPort: port, log: silent });
    closing.push(() => nobody.close());
    await expect(nobody.schedule({ name: 'x', dueAt })).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('a job that is due', () => {
  const ran: string[] = [];
  const app = createHttp({ service: 'auth', log: silent });
  mountJobs(app, {
    appApiToken,
    log: silent,
    handle: {
      good: async () => ran.push('good'),
      away: async () => {
        throw new AppError('unavailable', 'The database is away.');
      },
      bad: async () => {
        throw new TypeError('a bug');
      },
    },
  });
  const call = (name: string, token?: string) =>
    app.request(`/job/${name}`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', ...(token && { 'dapr-api-token': token }) },
    });

  it('is run, and what it throws comes again', async () => {
    expect([(await call('good', appApiToken)).status, ran]).toEqual([200, ['good']]);
    expect((await call('away', appApiToken)).status).toBe(503);
    expect((await call('bad', appApiToken)).status).toBe(500);
  });

  it('is the sidecar’s alone, known or not', async () => {
    for (const name of ['good', 'unknown']) {
      expect((await call(name)).status).toBe(403);
      expect((await call(name, 'another token')).status).toBe(403);
    }
    expect((await call('unknown', appApiToken)).status).toBe(404);
    expect(ran).toEqual(['good']);
  });
});
