import { afterEach, describe, expect, it } from 'vitest';
import { createShed } from '../src/proxy/create-shed.ts';
import { call, echo, problem, startTestGateway, type TestGateway } from './harness.ts';

describe('after auth had no room for a sign-in', () => {
  function shedAt() {
    const clock = { ms: 0 };
    return { clock, shed: createShed(250, () => clock.ms) };
  }
  const allowed = (shed: ReturnType<typeof createShed>, path: string): boolean => {
    try {
      shed.check(path);
      return true;
    } catch {
      return false;
    }
  };

  it('sign-ins and registrations are refused for a moment, under both names, and nothing else is', () => {
    const { clock, shed } = shedAt();
    expect(allowed(shed, '/api/auth/login')).toBe(true);
    shed.heard('/api/auth/login', 503, '3');
    for (const path of ['/api/auth/login', '/api/accounts/login?x', '/api/auth/register']) {
      expect(allowed(shed, path)).toBe(false);
    }
    for (const path of ['/api/auth/refresh', '/api/auth/login/x', '/api/attendance/check-in']) {
      expect(allowed(shed, path)).toBe(true);
    }
    clock.ms += 250;
    expect(allowed(shed, '/api/auth/login')).toBe(true);
  });

  it.each([
    [200, '/api/auth/login'],
    [401, '/api/auth/login'],
    [429, '/api/auth/login'],
    [503, '/api/attendance/check-in'],
  ])('but not after %i of %s', (status, path) => {
    const { shed } = shedAt();
    shed.heard(path, status, '1');
    expect(allowed(shed, '/api/auth/login')).toBe(true);
  });
});

describe('a crowd that signs in', () => {
  let gateway: TestGateway;
  afterEach(() => gateway.stop());
  const signIn = (path = '/api/auth/login') =>
    call(gateway.port, path, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });

  it('is refused at the door with auth’s own Retry-After, and auth is asked again after the pause', async () => {
    let asked = 0;
    const routes = { '/api/auth': 'auth', '/api/echo': 'echo' };
    gateway = await startTestGateway(
      (_req, res) => {
        asked += 1;
        problem(res, 503, 'overloaded', { 'retry-after': '4' });
      },
      { SIGN_IN_PAUSE_MS: '5000' },
      { routes },
    );
    await signIn();
    expect(asked).toBe(1);
    for (const answer of await Promise.all(Array.from({ length: 20 }, () => signIn('/api/v1/auth/login')))) {
      expect(answer.json()).toMatchObject({ status: 503, code: 'overloaded' });
      expect(answer.headers['retry-after']).toBe('4');
    }
    expect(asked).toBe(1);
    gateway.answer(echo([]));
    expect((await call(gateway.port, '/api/echo')).status).toBe(200);
  });

  it('asks each for itself where it is switched off', async () => {
    let asked = 0;
    gateway = await startTestGateway(
      (_req, res) => {
        asked += 1;
        problem(res, 503, 'overloaded');
      },
      { SIGN_IN_PAUSE_MS: '0' },
      { routes: { '/api/auth': 'auth' } },
    );
    for (let i = 0; i < 3; i += 1) await signIn();
    expect(asked).toBe(3);
  });
});
