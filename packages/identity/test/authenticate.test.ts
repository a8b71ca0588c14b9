import { noUserAgent } from '@muster/contracts';
import { createHttp, createLogger } from '@muster/service-kit';
import { describe, expect, it } from 'vitest';
import { type ActorEnv, authenticate, requireRole } from '../src/index.ts';
import { setup } from './tokens.ts';

const log = createLogger({ service: 'test', level: 'silent' });
const appApiToken = 'sidecar-token-of-the-test';

function serve() {
  const { verifier, token } = setup();
  const app = createHttp<ActorEnv>({ service: 'test', log });
  app.use('/me', authenticate(verifier, { appApiToken }));
  app.get('/me', (c) => c.json(c.get('actor')));
  app.get('/admin', authenticate(verifier), requireRole('admin', 'hr'), (c) => c.text('in'));
  return { app, token };
}

describe('authenticate', () => {
  it.each<[string, Record<string, string>, string]>([
    ['nothing', {}, 'Bearer'],
    ['another scheme', { authorization: 'Basic YTpi' }, 'Bearer'],
    ['an empty Bearer', { authorization: 'Bearer ' }, 'Bearer'],
    ['two tokens', { authorization: 'Bearer a b' }, 'Bearer'],
    ['rubbish', { authorization: 'Bearer a.b.c' }, 'Bearer error="invalid_token"'],
  ])('401 with a challenge for %s', async (_name, headers, challenge) => {
    const answer = await serve().app.request('/me', { headers });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe(challenge);
    expect(await answer.json()).toMatchObject({ code: 'unauthenticated' });
  });

  it('notes the browser, cut to a sane length', async () => {
    const { app, token } = serve();
    const headers = { authorization: `Bearer ${await token()}`, 'user-agent': 'x'.repeat(1000) };
    const actor = await (await app.request('/me', { headers })).json();
    expect(actor).toMatchObject({ name: 'Ann', userAgent: 'x'.repeat(300) });
  });

  it('notes none where the gateway says there was none', async () => {
    const { app, token } = serve();
    const headers = { authorization: `Bearer ${await token()}`, 'user-agent': noUserAgent };
    expect(await (await app.request('/me', { headers })).json()).not.toHaveProperty('userAgent');
  });

  it('believes X-Forwarded-For only of our sidecar', async () => {
    const { app, token } = serve();
    const base = { authorization: `bearer ${await token()}`, 'x-forwarded-for': '203.0.113.9, 10.0.0.1' };
    const through = await app.request('/me', { headers: { ...base, 'dapr-api-token': appApiToken } });
    expect(await through.json()).toMatchObject({ ip: '203.0.113.9' });
    for (const extra of [{}, { 'dapr-api-token': 'guessed-token-of-the-test' }]) {
      const direct = await app.request('/me', { headers: { ...base, ...extra } });
      expect(await direct.json()).not.toHaveProperty('ip');
    }
  });

  it('lets a role in or answers 403', async () => {
    const { app, token } = serve();
    const as = async (role: 'employee' | 'hr') =>
      (await app.request('/admin', { headers: { authorization: `Bearer ${await token({ role })}` } })).status;
    expect(await as('employee')).toBe(403);
    expect(await as('hr')).toBe(200);
  });
});
