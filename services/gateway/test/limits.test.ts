import { afterEach, describe, expect, it } from 'vitest';
import { addressKey, clientOf } from '../src/edge/client-address.ts';
import { call, echo, problem, startTestGateway, type TestGateway } from './harness.ts';

let gateway: TestGateway;
afterEach(() => gateway.stop());
const start = async (env: Record<string, string>): Promise<void> => {
  gateway = await startTestGateway(echo([]), { TRUST_PROXY_HOPS: '1', ...env });
};
const from = (address: string, token?: string, path = '/api/echo') =>
  call(gateway.port, path, {
    headers: { 'x-forwarded-for': address, ...(token && { authorization: `Bearer ${token}` }) },
  });

describe('rate limits', () => {
  it('count a signed-in user by id, wherever they are, and tell how they stand', async () => {
    await start({ RATE_LIMIT_PER_USER_PER_MINUTE: '2' });
    const first = await from('10.0.0.1', 'user-a');
    expect(first).toMatchObject({
      status: 200,
      headers: { 'ratelimit-limit': '2', 'ratelimit-remaining': '1', 'ratelimit-policy': '2;w=60' },
    });
    await from('10.0.0.2', 'user-a');
    const third = await from('10.0.0.3', 'user-a');
    expect(third.json()).toMatchObject({ status: 429, code: 'rate_limited' });
    expect(Number(third.headers['retry-after'])).toBeGreaterThan(0);
    expect(third.headers).toMatchObject({ 'ratelimit-remaining': '0', 'x-frame-options': 'DENY' });
    expect((await from('10.0.0.1', 'user-b')).status).toBe(200);
  });

  it('let a building behind one address in: users do not use up its allowance, nor are they kept out by it', async () => {
    await start({ RATE_LIMIT_PER_ADDRESS_PER_MINUTE: '3' });
    for (let i = 0; i < 10; i += 1) expect((await from('10.0.0.1', `user-${i}`)).status).toBe(200);
    for (let i = 0; i < 3; i += 1) expect((await from('10.0.0.1')).status).toBe(200);
    expect((await from('10.0.0.1')).status).toBe(429);
    expect((await from('10.0.0.1', 'garbage')).status).toBe(429);
    expect((await from('10.0.0.2')).status).toBe(200);
    expect((await from('10.0.0.1', 'user-1')).status).toBe(200);
  });

  it('hold an address that keeps failing to sign in, but not one whose tokens went stale', async () => {
    await start({ RATE_LIMIT_FAILURES_PER_ADDRESS_PER_MINUTE: '2' });
    gateway.answer((_req, res) => problem(res, 401, 'invalid_credentials', { 'www-authenticate': 'Bearer' }));
    for (let i = 0; i < 5; i += 1) expect((await from('10.0.0.1', 'stale')).status).toBe(401);
    expect((await from('10.0.0.1')).status).toBe(401);
    expect((await from('10.0.0.1')).status).toBe(401);
    expect((await from('10.0.0.1')).json()).toMatchObject({ code: 'rate_limited' });
    gateway.answer(echo([]));
    expect((await from('10.0.0.1', 'user-1')).status).toBe(200);
    expect((await from('10.0.0.2')).status).toBe(200);
  });

  it('are off at 0', async () => {
    await start({ RATE_LIMIT_PER_USER_PER_MINUTE: '0', RATE_LIMIT_PER_ADDRESS_PER_MINUTE: '0' });
    const answer = await from('10.0.0.1');
    expect(answer.status).toBe(200);
    expect(answer.headers['ratelimit-limit']).toBeUndefined();
  });

  it('hold sockets by address', async () => {
    await start({ RATE_LIMIT_SOCKETS_PER_ADDRESS_PER_MINUTE: '1' });
    const path = '/socket.io/?EIO=4&transport=polling';
    expect((await from('10.0.0.1', undefined, path)).status).toBe(503);
    expect((await from('10.0.0.1', undefined, path)).status).toBe(429);
  });

  it('know the client by the entry our own proxy wrote', async () => {
    await start({ RATE_LIMIT_PER_ADDRESS_PER_MINUTE: '1' });
    expect((await from('1.1.1.1, 10.0.0.1')).status).toBe(200);
    expect((await from('2.2.2.2, 10.0.0.1')).status).toBe(429);
  });
});

describe('an address', () => {
  const req = (remoteAddress: string, headers: Record<string, string>) =>
    ({ socket: { remoteAddress }, headers }) as unknown as Parameters<typeof clientOf>[0];

  it('is the socket’s without trusted proxies, else counted from the right', async () => {
    await start({});
    const headers = { 'x-forwarded-for': '1.1.1.1, 2.2.2.2, 3.3.3.3', 'x-forwarded-proto': 'https' };
    expect(clientOf(req('::ffff:9.9.9.9', headers), 0)).toMatchObject({ address: '9.9.9.9', proto: 'http' });
    expect(clientOf(req('9.9.9.9', headers), 1)).toMatchObject({ address: '3.3.3.3', proto: 'https' });
    expect(clientOf(req('9.9.9.9', headers), 2).address).toBe('2.2.2.2');
    expect(clientOf(req('9.9.9.9', {}), 1).address).toBe('9.9.9.9');
  });

  it('counts as its /64 in IPv6', async () => {
    await start({});
    expect(addressKey('2001:db8:0:1::1')).toBe('2001:db8:0:1');
    expect(addressKey('2001:0DB8:0000:0001:a:b:c:d')).toBe('2001:db8:0:1');
    expect(addressKey('::1')).toBe('0:0:0:0');
    expect(addressKey('10.0.0.1')).toBe('10.0.0.1');
  });
});
