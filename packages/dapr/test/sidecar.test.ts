import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createSidecar } from '../src/index.ts';
import { envelope, silent } from './events.ts';
import { type Answer, json, standIn } from './sidecar-stand-in.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function sidecarThat(answer: Answer) {
  const { port, close } = await standIn(answer);
  const sidecar = createSidecar({ httpPort: port, apiToken: 'ours', log: silent });
  closing.push(() => sidecar.close(), close);
  return sidecar;
}

async function noSidecar() {
  const { port, close } = await standIn(() => undefined);
  await close();
  const sidecar = createSidecar({ httpPort: port, log: silent });
  closing.push(() => sidecar.close());
  return sidecar;
}

const call = { app: 'auth', method: 'POST', path: '/internal/logins', actor: null } as const;
const problem = { type: 'x', title: 'Conflict', status: 409, detail: 'Taken.', code: 'email_taken', requestId: 'r' };

describe('invoke', () => {
  it('sends path, query, body, headers, our token and the actor; parses the answer', async () => {
    const seen: Record<string, unknown> = {};
    const sidecar = await sidecarThat((request, response, body) => {
      Object.assign(seen, {
        url: request.url,
        token: request.headers['dapr-api-token'],
        body,
        actor: request.headers['x-muster-actor'],
      });
      json(response, 200, { n: '7' });
    });
    const actor = { id: crypto.randomUUID(), name: 'Zoë 👩‍💼', role: 'hr' } as const;
    const schema = z.object({ n: z.coerce.number() });
    const answer = await sidecar.invoke({
      ...call,
      body: { a: 1 },
      query: { q: 'a b', none: undefined },
      schema,
      actor,
    });
    expect(answer).toEqual({ n: 7 });
    expect(seen).toMatchObject({
      url: '/v1.0/invoke/auth/method/internal/logins?q=a+b',
      token: 'ours',
      body: '{"a":1}',
    });
    expect(JSON.parse(Buffer.from(String(seen.actor), 'base64url').toString())).toEqual(actor);
  });

  it.each<[string, number, unknown, string]>([
    ['the callee’s problem keeps its code', 409, problem, 'email_taken'],
    ['a callee that is down', 500, { errorCode: 'ERR_DIRECT_INVOKE', message: 'dial 10.1.2.3:50002' }, 'unavailable'],
    ['an app nobody knows', 500, { errorCode: 'ERR_DIRECT_INVOKE', message: "couldn't find service" }, 'unavailable'],
    ['access control', 403, { errorCode: 'ERR_DIRECT_INVOKE', message: 'PermissionDenied' }, 'internal'],
    ['a code we do not know', 409, { ...problem, code: 'brand_new' }, 'internal'],
    ['an answer that does not fit', 200, { n: 'x' }, 'internal'],
    ['no JSON at all', 200, undefined, 'internal'],
  ])('%s', async (_name, status, body, code) => {
    const sidecar = await sidecarThat((_, response) => json(response, status, body));
    const result = sidecar.invoke({ ...call, schema: z.object({ n: z.number() }) });
    await expect(result).rejects.toMatchObject({ code });
    await expect(result).rejects.not.toMatchObject({ detail: expect.stringContaining('10.1.2.3') });
  });

  it('carries Retry-After and field errors on', async () => {
    const errors = [{ field: 'email', message: 'bad', in: 'body' }];
    const busy = { ...problem, status: 503, code: 'overloaded', errors };
    const sidecar = await sidecarThat((_, response) => json(response, 503, busy, { 'retry-after': '9' }));
    await expect(sidecar.invoke(call)).rejects.toMatchObject({
      code: 'overloaded',
      errors,
      headers: { 'Retry-After': '9' },
    });
  });

  it('unavailable without a sidecar, timeout when it is too slow, also in the middle of an answer', async () => {
    await expect((await noSidecar()).invoke(call)).rejects.toMatchObject({ code: 'unavailable' });
    const silentOne = await sidecarThat(() => undefined);
    await expect(silentOne.invoke({ ...call, timeoutMs: 50 })).rejects.toMatchObject({ code: 'timeout' });
    const halfway = await sidecarThat((_, response) => {
      response.writeHead(200);
      response.write('{');
    });
    await expect(halfway.invoke({ ...call, timeoutMs: 50 })).rejects.toMatchObject({ code: 'timeout' });
  });

  it('a 204 is nothing', async () => {
    const sidecar = await sidecarThat((_, response) => response.writeHead(204, { 'x-request-id': 'r' }).end());
    expect(await sidecar.invoke(call)).toBeUndefined();
  });

  it('does not take daprd’s empty 200 for a callee that is down as an answer', async () => {
    const sidecar = await sidecarThat((_, response) => response.writeHead(200, { 'content-length': '0' }).end());
    await expect(sidecar.invoke(call)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('publish', () => {
  const events = Array.from({ length: 400 }, () => envelope());
  const failedEntries = events.map((event) => ({
    entryId: event.id,
    error: 'dial tcp 127.0.0.1:6379: connection refused',
  }));

  it('names the events the broker refused', async () => {
    const some = failedEntries.slice(0, 2);
    const sidecar = await sidecarThat((_, response) => json(response, 500, { failedEntries: some, errorCode: 'x' }));
    const { failed } = await sidecar.publish('auth', events);
    expect([...failed.keys()]).toEqual(some.map((entry) => entry.entryId));
  });

  it('throws when it took none, however much the sidecar says about it in a header', async () => {
    const body = { failedEntries, errorCode: 'ERR_PUBSUB_PUBLISH_MESSAGE' };
    const headers = { 'metadata.responsedata': JSON.stringify(body) };
    const sidecar = await sidecarThat((_, response) => json(response, 500, body, headers));
    await expect(sidecar.publish('auth', events)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('throws without pub/sub, without a sidecar, and never for nothing to do', async () => {
    const without = await sidecarThat((_, response) => json(response, 404, { errorCode: 'ERR_PUBSUB_NOT_FOUND' }));
    await expect(without.publish('auth', events)).rejects.toMatchObject({ code: 'unavailable' });
    const none = await noSidecar();
    await expect(none.publish('auth', events)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(none.publish('auth', [])).resolves.toEqual({ failed: new Map() });
    expect(await none.ready()).toBe(false);
  });
});
