import { fileURLToPath } from 'node:url';
import type { Session } from '@muster/contracts/http/auth';
import { createLogger } from '@muster/service-kit';
import { fakeClock, type JsonRequest, publishedEvents, requestJson, testDatabase } from '@muster/testing';
import { createApp } from '../../src/app.ts';
import { createHasher, type HasherOptions } from '../../src/crypto/hasher.ts';
import type { Deps, Settings } from '../../src/deps.ts';
import { createAttemptLimiter } from '../../src/limits/attempt-limiter.ts';
import type { Post } from '../../src/mail/post.ts';
import { createKeyRing } from '../../src/verbs/key-ring.ts';
import { listPublicKeys } from '../../src/verbs/list-keys.ts';
import { createRevocationFeed } from '../../src/verbs/revocation-feed.ts';
import { seedAdmin } from '../../src/verbs/seed-admin.ts';
import { sendMails } from '../../src/verbs/send-mails.ts';
import { createVerifiers } from '../../src/verifiers.ts';

export const migrations = fileURLToPath(new URL('../../migrations', import.meta.url));
export const appApiToken = 'app-api-token';
export const admin = { email: 'admin@muster.local', password: 'Muster-admin-1' };
const daySeconds = 86_400;
/** The one site that employee does not have. */
export const unknownSite = '019d0000-0000-7000-8000-0000000000ff';
export const password = 'correct horse battery';

export type SentLetter = Parameters<Post['send']>[0];

/** The token of a letter's link. */
export const tokenOf = (letter: SentLetter | undefined): string =>
  /#token=([\w-]+)/.exec(letter?.text ?? '')?.[1] ?? '';

/** Headers of a request that comes from `address`, as the gateway's sidecar hands it over. */
export const from = (address: string, cookie?: string): Record<string, string> => ({
  'x-forwarded-for': address,
  'dapr-api-token': appApiToken,
  ...(cookie && { cookie }),
});

export interface HarnessOptions {
  settings?: Partial<Settings>;
  hashing?: Partial<HasherOptions>;
}

/** The whole service on a database of its own, with a clock to turn and an administrator. */
export async function startHarness(o: HarnessOptions = {}) {
  const { sql, url, drop } = await testDatabase({ folder: migrations });
  const clock = fakeClock('2026-03-02T08:00:00Z');
  const log = createLogger({ service: 'auth', level: 'silent' });
  const settings: Settings = {
    issuer: 'https://muster.local',
    audience: 'muster',
    accessTokenSeconds: 900,
    selfRegistration: true,
    keySecret: 'a secret for tests only',
    sessionLife: { idleSeconds: 7 * daySeconds, absoluteSeconds: 90 * daySeconds },
    keyRotation: { everySeconds: 30 * daySeconds, aheadSeconds: 300 },
    placeOf: () => null,
    relyingParty: { id: 'muster.example', origins: ['https://muster.example'] },
    rolesWithTotp: [],
    limitsScale: 1,
    publicUrl: 'https://muster.example',
    ...o.settings,
  };
  const hasher = await createHasher({ cost: 4, workers: 1, queueMax: 1000, ...o.hashing });
  const keys = createKeyRing({ sql, clock, settings });
  await keys.signing();
  const { issuer, audience } = settings;
  const verifiers = createVerifiers({ issuer, audience, clock, jwks: () => listPublicKeys({ sql, clock }) });
  const revocations = createRevocationFeed({ sql, clock, settings, log }, verifiers.both);
  const limiter = createAttemptLimiter({ sql, clock, secret: settings.keySecret });
  const relay = { wake() {} };
  const letters: SentLetter[] = [];
  const post: Post = { send: async (letter) => void letters.push(letter), close() {} };
  const sites: Deps['sites'] = { exists: async (siteId) => siteId !== unknownSite };
  const deps: Deps = { sql, clock, log, settings, hasher, limiter, keys, relay, revocations, sites };
  await seedAdmin(deps, admin);
  const app = createApp(deps, { verifier: verifiers.full, setupVerifier: verifiers.setup, appApiToken, ready: {} });
  const call = (method: string, path: string, o?: JsonRequest) => requestJson(app, method, path, o);

  return {
    deps,
    app,
    call,
    verifier: verifiers.full,
    /**
     * One more auth process on the same database and clock: keys, revocations and tokens as it knows them itself. What it
     * revokes the first one hears by `deps.revocations.reload()`, which `main.ts` calls every 5 s.
     */
    beside(over: Partial<Settings> = {}) {
      const own = { sql, clock, log, settings: { ...settings, ...over } };
      const verifiers = createVerifiers({ issuer, audience, clock, jwks: () => listPublicKeys(own) });
      const revocations = createRevocationFeed(own, verifiers.both);
      const deps: Deps = { ...own, hasher, limiter, keys: createKeyRing(own), relay, revocations, sites };
      const { full: verifier, setup: setupVerifier } = verifiers;
      const app = createApp(deps, { verifier, setupVerifier, appApiToken, ready: {} });
      const call = (method: string, path: string, o?: JsonRequest) => requestJson(app, method, path, o);
      return { deps, app, call, verifier };
    },
    sql,
    url,
    now: clock.now,
    /** Turns the clock on, by a Temporal duration like `{ seconds: 11 }`. */
    pass: clock.advance,
    /** Everything published so far, oldest first; of one type where it is named. */
    events: (type?: string) => publishedEvents(sql, type),
    /** Sends what waits and answers every letter so far, oldest first; to one address where it is named. */
    async letters(to?: string): Promise<SentLetter[]> {
      await sendMails(deps, post);
      return letters.filter((letter) => to === undefined || letter.to === to);
    },
    /** Opens every connection of the pool, so that requests sent together really meet. */
    async warm(): Promise<void> {
      await Promise.all(Array.from({ length: 10 }, () => sql`select pg_sleep(0.1)`));
    },
    async register(name: string): Promise<Session> {
      const answer = await call('POST', '/api/auth/register', {
        body: { email: `${name}@example.org`, password, name },
      });
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
      return answer.body as Session;
    },
    async login(who: { email: string; password: string }): Promise<Session> {
      const answer = await call('POST', '/api/auth/login', { body: who });
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      return answer.body as Session;
    },
    async stop() {
      await hasher.close();
      await drop();
    },
  };
}

export type Harness = Awaited<ReturnType<typeof startHarness>>;
