import type { SigningKey } from '@muster/auth/key-pair';
import { createPool, type Sql } from '@muster/db';
import { type Api, createApi } from '@muster/demo';
import { createPlatform, localNiceness, type Platform } from '@muster/dev-env';
import { createLogger, type Log } from '@muster/service-kit';
import type { Plan } from './options.ts';
import { readSigningKey } from './people/signing-key.ts';

/** The running platform, seen by somebody who may look everywhere. */
export interface Bench {
  platform: Platform;
  api: Api;
  log: Log;
  key: SigningKey;
  /** The default site, where everybody works, and its zone. */
  siteId: string;
  zone: string;
  attendance: Sql;
  events: Sql;
  /** As the superuser. */
  server: Sql;
  say(line: string): void;
  close(): Promise<void>;
}

export interface BenchOptions {
  /** Where attendance, gateway and events write CPU profiles when they end. */
  profileFolder?: string | undefined;
  /** See {@link Plan.set}. */
  set: readonly string[];
  say(line: string): void;
}

// The load comes from one address and from tens of thousands of people who never signed in: limits stay on, but far away.
const gatewayEnv = {
  RATE_LIMIT_PER_USER_PER_MINUTE: '1000000',
  RATE_LIMIT_PER_ADDRESS_PER_MINUTE: '1000000',
  RATE_LIMIT_FAILURES_PER_ADDRESS_PER_MINUTE: '1000000',
};

const profiledApps = ['attendance', 'gateway', 'events'];

/** Starts the whole platform, throwaway, on free ports: real sidecars, relay and consumers, settings as of `make up`. */
export async function openBench({ profileFolder, set, say }: BenchOptions): Promise<Bench> {
  const profiled = profileFolder && { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profileFolder}` };
  const env: Record<string, Record<string, string>> = {
    ...Object.fromEntries(profiledApps.map((app) => [app, { ...(profiled || {}) }])),
    gateway: { ...gatewayEnv, ...(profiled || {}) },
  };
  for (const entry of set) {
    const [, app, name, value] = /^(\w+)\.(\w+)=(.*)$/.exec(entry) ?? [];
    if (!app || !name || value === undefined) throw new Error(`--set takes APP.NAME=VALUE, not ${entry}`);
    env[app] = { ...env[app], [name]: value };
  }
  const platform = await createPlatform({ ports: 'free', env, niceness: localNiceness });
  await platform.start();
  const log = createLogger({ service: 'bench', level: 'warn', format: 'json' });
  const pool = (app: string): Sql =>
    createPool({ url: platform.sqlUrl(app), max: 2, applicationName: 'bench', statementTimeoutMs: 120_000, log });
  const [auth, attendance, events, server] = [pool('auth'), pool('attendance'), pool('events'), pool('postgres')];
  const settings = platform.env('attendance');
  const api = createApi(platform.urls.platform);
  return {
    platform,
    api,
    log,
    key: await readSigningKey(auth, platform.env('auth').AUTH_KEY_SECRET ?? ''),
    siteId: settings.MUSTER_DEFAULT_SITE ?? '',
    zone: settings.MUSTER_DEFAULT_SITE_ZONE ?? '',
    attendance,
    events,
    server,
    say,
    async close() {
      await Promise.all([auth, attendance, events, server].map((sql) => sql.end({ timeout: 5 })));
      await api.close();
      // A throwaway platform is killed; only a process that ends by itself writes its profile.
      if (profileFolder) await Promise.all(profiledApps.map((app) => platform.part(app).stop()));
      await platform.stop();
    },
  };
}
