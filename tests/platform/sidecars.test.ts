import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { auditedOnce } from '../src/audit.ts';
import { checkInPatiently, newPeople } from '../src/people.ts';
import { world } from '../src/world.ts';

describe('a sidecar that is killed', () => {
  it.each(['gateway-dapr', 'attendance-dapr'])('%s comes back, and no accepted check-in is lost', async (part) => {
    const { platform } = await world();
    const people = await newPeople(60);
    const inFlight = people.slice(0, 30).map(checkInPatiently);
    await platform.part(part).kill9();
    const afterwards = people.slice(30).map(checkInPatiently);
    const sessions = await Promise.all([...inFlight, ...afterwards]);
    await platform.part(part).ready();
    expect(
      await auditedOnce(
        'attendance.checked-in',
        sessions.map(({ id }) => id),
      ),
    ).toEqual([]);
  });
});

describe('who may invoke what', () => {
  it('refuses an app that is not on the list, and an operation that is not', async () => {
    const { platform } = await world();
    const invoke = (from: string, path: string, method: 'GET' | 'POST' = 'GET') =>
      request(`${platform.sidecarUrl(from)}/v1.0/invoke/${path}`, {
        method,
        headers: { 'dapr-api-token': platform.tokens[from]?.dapr ?? '' },
        ...(method === 'POST' ? { body: '{}' } : {}),
      });
    const stranger = await invoke('attendance', 'employee/method/api/employees');
    expect(stranger.statusCode).toBe(403);
    expect(await stranger.body.text()).toContain('PermissionDenied');
    const offTheList = await invoke('gateway', 'auth/method/internal/logins', 'POST');
    expect(offTheList.statusCode).toBe(403);
    expect(await offTheList.body.text()).toContain('PermissionDenied');
    const allowed = await invoke('gateway', 'auth/method/api/auth/.well-known/jwks.json');
    expect(allowed.statusCode).toBe(200);
    await allowed.body.dump();
  });

  it('keeps the secrets of components from the apps', async () => {
    const { platform } = await world();
    const answer = await request(`${platform.sidecarUrl('employee')}/v1.0/secrets/kubernetes/muster-s3`, {
      headers: { 'dapr-api-token': platform.tokens.employee?.dapr ?? '' },
    });
    await answer.body.dump();
    expect(answer.statusCode).toBe(403);
  });

  it('refuses events, jobs and internal routes around the sidecar', async () => {
    const { platform } = await world();
    for (const path of ['/events/employee', '/events/dead', '/internal/inbox/missing', '/internal/dead-letters']) {
      for (const headers of [{}, { 'dapr-api-token': 'guessed' }]) {
        const answer = await request(`${platform.urls.services.attendance}${path}`, {
          method: path.endsWith('letters') ? 'GET' : 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          ...(path.endsWith('letters') ? {} : { body: '{}' }),
        });
        await answer.body.dump();
        expect([path, answer.statusCode]).toEqual([path, 403]);
      }
    }
  });

  it('never forwards what is internal, nor a client’s dapr headers', async () => {
    const { api } = await world();
    for (const path of ['/internal/revocations', '/events/auth', '/v1.0/metadata', '/api/../internal/revocations']) {
      const { status } = await api.call('GET', path, { headers: { 'dapr-app-id': 'auth', 'dapr-api-token': 'x' } });
      expect([path, status >= 400 && status < 500]).toEqual([path, true]);
    }
    const steered = await api.call<{ keys: unknown[] }>('GET', '/api/auth/.well-known/jwks.json', {
      headers: { 'dapr-app-id': 'attendance', 'dapr-caller-app-id': 'employee' },
    });
    expect(steered.status).toBe(200);
    expect(steered.body.keys.length).toBeGreaterThan(0);
  });
});
