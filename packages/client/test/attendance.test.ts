import { describe, expect, it } from 'vitest';
import { createClient } from '../src/create-client.ts';
import { fakeFetch, networkError, problem } from './fake-fetch.ts';
import { openedSession } from './samples.ts';

const credentials = { deviceToken: 'msd_1' };
const token = { status: 200, body: { access_token: 'kiosk-1', token_type: 'Bearer', expires_in: 900 } };

describe('a check-in', () => {
  it('is one intent: however often it must be sent, under one key; the next has another', async () => {
    const busy = problem(503, 'unavailable');
    const { fetch, seen } = fakeFetch(token, networkError(), busy, openedSession, openedSession);
    const muster = createClient({ origin: 'http://muster.test', fetch, credentials, backoffMs: 0 });
    const answer = await muster.attendance.checkIn({ source: 'mobile' });
    expect(answer).toMatchObject({ status: 'open', checkInAt: '2026-11-21T08:00:00.000Z' });
    await muster.attendance.checkIn();
    const keys = seen.slice(1).map(({ headers }) => headers.get('idempotency-key'));
    expect(new Set(keys.slice(0, 3)).size).toBe(1);
    expect(keys[3]).not.toBe(keys[0]);
    expect(keys.every((key) => key !== null && key.length === 36)).toBe(true);
  });

  it('may bring its own key, to go on after a restart', async () => {
    const { fetch, seen } = fakeFetch(token, openedSession);
    const muster = createClient({ origin: 'http://muster.test', fetch, credentials });
    await muster.attendance.checkOut({}, { key: 'kept' });
    expect(seen[1]?.headers.get('idempotency-key')).toBe('kept');
    expect(seen[1]?.path).toBe('/api/attendance/check-out');
  });

  it('that is refused is so by its code', async () => {
    const { fetch } = fakeFetch(token, problem(409, 'already_checked_in'));
    const muster = createClient({ origin: 'http://muster.test', fetch, credentials });
    await expect(muster.attendance.checkIn()).rejects.toMatchObject({ code: 'already_checked_in' });
  });
});
