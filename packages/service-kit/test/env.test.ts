import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  databaseEnv,
  defaultSiteEnv,
  deliveryEnv,
  loadConfig,
  migrateEnv,
  processEnv,
  sidecarEnv,
  tokenEnv,
} from '../src/index.ts';

const schema = z.object({
  ...processEnv(8000),
  ...databaseEnv,
  ...sidecarEnv(3500),
  ...deliveryEnv,
  ...tokenEnv,
  ...defaultSiteEnv,
});
const given = {
  DATABASE_URL: 'postgres://muster@one:5432,two:5432/auth',
  APP_API_TOKEN: 'app-token-1',
  MUSTER_DEFAULT_SITE: '0198AAAA-0000-7000-8000-000000000001',
};

describe('the environment that services share', () => {
  it('needs no more than a database, a token and a site', () => {
    expect(loadConfig(schema, given)).toMatchObject({
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: 8000,
      DAPR_HTTP_PORT: 3500,
      DATABASE_POOL_MAX: 10,
      MIGRATE_AT_START: true,
      // Ids are compared as text: one spelling.
      MUSTER_DEFAULT_SITE: '0198aaaa-0000-7000-8000-000000000001',
      MUSTER_DEFAULT_SITE_ZONE: 'UTC',
    });
  });

  it.each([
    ['DATABASE_URL', 'mysql://x/y'],
    ['DATABASE_POOL_MAX', '1'],
    ['MIGRATE_AT_START', 'perhaps'],
    ['DAPR_HTTP_PORT', '0'],
    ['PORT', '65536'],
    ['NODE_ENV', 'prod'],
    ['APP_API_TOKEN', 'short'],
    ['DAPR_API_TOKEN', 'short'],
    ['MUSTER_DEFAULT_SITE', 'here'],
    ['MUSTER_DEFAULT_SITE_ZONE', 'Mars/Olympus'],
  ])('refuses %s=%s', (name, value) => {
    expect(() => loadConfig(schema, { ...given, [name]: value })).toThrow(name);
  });

  it('can leave migrations to those who run before', () => {
    expect(loadConfig(schema, { ...given, MIGRATE_AT_START: 'false' }).MIGRATE_AT_START).toBe(false);
  });

  it('of a migration is its database alone', () => {
    expect(loadConfig(migrateEnv, { DATABASE_URL: given.DATABASE_URL })).toMatchObject({ LOG_FORMAT: 'json' });
    expect(() => loadConfig(migrateEnv, {})).toThrow('DATABASE_URL: is required');
  });

  it('describes every variable', () => {
    for (const [name, field] of Object.entries(schema.shape))
      expect(field.description, name).toMatch(/^([A-Z]|json|host:)/);
  });
});
