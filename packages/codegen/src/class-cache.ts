import { CLASS_CACHE } from '@muster/contracts';
import { type Manifest, metadata, secret } from './manifest.ts';

/**
 * Redis under exact keys, for attendance alone. Times are short: the app has given up long before, and a command that Redis
 * gets to late is one nobody waits for.
 */
export const classCache: Manifest = {
  apiVersion: 'dapr.io/v1alpha1',
  kind: 'Component',
  metadata: { name: CLASS_CACHE },
  auth: { secretStore: 'kubernetes' },
  spec: {
    type: 'bindings.redis',
    version: 'v1',
    ignoreErrors: true,
    metadata: metadata({
      redisHost: secret('muster-redis', 'host'),
      redisPassword: secret('muster-redis', 'password'),
      redisMaxRetries: '-1',
      dialTimeout: '1s',
      readTimeout: '1s',
      writeTimeout: '1s',
    }),
  },
  scopes: ['attendance'],
};
