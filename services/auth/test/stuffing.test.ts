import { AppError } from '@muster/contracts';
import { register as metrics } from '@muster/service-kit';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { newDeviceToken } from '../src/crypto/device-token.ts';
import type { Deps } from '../src/deps.ts';
import { login } from '../src/verbs/login.ts';
import { type Harness, startHarness } from './support/harness.ts';

const right = 'the right password';
let h: Harness;
/** The whole sign-in with a hasher that only counts: what is proven is how many guesses get that far. */
let deps: Deps;
let compared = 0;

beforeAll(async () => {
  h = await startHarness();
  const verify: Deps['hasher']['verify'] = async (given, hash) => {
    compared++;
    return given === right && hash != null;
  };
  deps = { ...h.deps, hasher: { ...h.deps.hasher, verify, isStale: () => false, requireRoom() {} } };
  await h.sql`
    insert into users (id, email, name, role, password_hash, created_at, updated_at)
    select gen_random_uuid(), 'p' || n || '@example.org', 'P', 'employee', 'x', now(), now() from generate_series(0, 4999) n
  `;
});
afterAll(() => h.stop());
afterEach(async () => {
  compared = 0;
  await h.sql`truncate attempt_counters, known_places`;
});

const signIn = async (n: number | string, ip: string, password: string, device?: string): Promise<string> => {
  try {
    await login(deps, { ip }, { email: `p${n}@example.org`, password }, device);
    return 'in';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
};

/** Runs `work` for 0…`times`, forty at a time, and counts how they end. */
async function tally(times: number, work: (index: number) => Promise<string>): Promise<Record<string, number>> {
  const outcomes: Record<string, number> = {};
  let next = 0;
  const lane = async () => {
    while (next < times) {
      const outcome = await work(next++);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: 40 }, lane));
  return outcomes;
}

const address = (n: number): string => `${11 + (n % 200)}.${Math.floor(n / 200)}.7.1`;

test('stuffing from 500 addresses, four tries each, each account once: a thousand guesses an hour, and people get in', async () => {
  const colleague = '198.51.100.1';
  expect(await signIn(1, colleague, right)).toBe('in');
  const outcomes = await tally(2_000, (i) => signIn(i, address(i % 500), 'guess'));
  expect(outcomes).toEqual({ invalid_credentials: 1_000, rate_limited: 1_000 });
  expect(compared).toBe(1_001);

  // Strangers wait, those who are known do not.
  expect(await signIn(2, '192.0.2.7', right)).toBe('rate_limited');
  expect(await signIn(1, colleague, right)).toBe('in');
  const [user] = await h.sql`select id from users where email = 'p2@example.org'`;
  const device = newDeviceToken(user?.id, deps.settings.keySecret, h.now());
  expect(await signIn(2, '192.0.2.7', right, device)).toBe('in');
  h.pass({ seconds: 4 });
  expect(await signIn(3, '192.0.2.7', right)).toBe('in');
});

test('one account from 500 addresses: twenty guesses, then one at a time, ever later', async () => {
  const outcomes = await tally(2_000, (i) => signIn(7, address(i % 500), 'guess'));
  expect(outcomes).toEqual({ invalid_credentials: 20, rate_limited: 1_980 });
  // A whole day of patience, one fresh address each minute.
  for (let minute = 0; minute < 24 * 60; minute++) {
    h.pass({ minutes: 1 });
    await signIn(7, address(minute), 'guess');
  }
  expect(compared).toBeLessThan(20 + 10 + 24 * 4 + 5);
});

test('one address over many accounts: 300 guesses an hour; a network of 256: 600', async () => {
  expect(await tally(500, (i) => signIn(i, '100.64.1.1', 'guess'))).toMatchObject({ invalid_credentials: 300 });
  expect(await tally(800, (i) => signIn(i + 500, `100.64.1.${2 + (i % 200)}`, 'guess'))).toMatchObject({
    invalid_credentials: 300,
  });
});

test('a shift of 5,000 strangers behind one address signs in, one in twenty after a slip', async () => {
  const slips = new Set(Array.from({ length: 250 }, (_, i) => i * 20));
  const outcomes = await tally(5_250, (i) => {
    const person = i < 5_000 ? i : [...slips][i - 5_000];
    return signIn(person ?? 0, '198.51.100.200', slips.has(i) ? 'a slip' : right);
  });
  expect(outcomes).toEqual({ in: 5_000, invalid_credentials: 250 });
}, 240_000);

test('the share of failures is there for an alert', async () => {
  await signIn(9, '192.0.2.9', 'guess');
  const text = await metrics.metrics();
  expect(text).toMatch(/muster_sign_ins_total\{outcome="failed"\} \d+/);
  expect(text).toMatch(/muster_sign_ins_total\{outcome="refused"\} \d+/);
  expect(text).toMatch(/muster_attempts_refused_total\{by="account-and-place"\} \d+/);
});
