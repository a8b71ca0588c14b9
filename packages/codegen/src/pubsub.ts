import { apps, deadLetterTopic, PUBSUB, publishes, subscribes } from '@muster/contracts';
import { type Manifest, metadata, secret } from './manifest.ts';

const members = apps.filter((app) => publishes[app].length + subscribes[app].length > 0);
const scopeLine = (topics: (app: (typeof apps)[number]) => readonly string[]): string =>
  members.map((app) => `${app}=${topics(app).join(',')}`).join(';');

/** The sidecar itself publishes to the dead-letter topic, and it obeys the scopes like everybody. */
const mayPublish = scopeLine((app) => [
  ...publishes[app],
  ...(subscribes[app].length > 0 ? [deadLetterTopic(app)] : []),
]);
const maySubscribe = scopeLine((app) => [
  ...subscribes[app],
  ...(subscribes[app].length > 0 ? [deadLetterTopic(app)] : []),
]);

/** Redis Streams pub/sub. Times are bare milliseconds: the component ignores "30s" without a word. */
export const pubsub: Manifest = {
  apiVersion: 'dapr.io/v1alpha1',
  kind: 'Component',
  metadata: { name: PUBSUB },
  auth: { secretStore: 'kubernetes' },
  spec: {
    type: 'pubsub.redis',
    version: 'v1',
    // A sidecar that starts while Redis is away stays up for invocation; the app's guard restarts it later.
    ignoreErrors: true,
    metadata: metadata({
      redisHost: secret('muster-redis', 'host'),
      redisPassword: secret('muster-redis', 'password'),
      processingTimeout: '15000',
      redeliverInterval: '5000',
      concurrency: '200',
      queueDepth: '1000',
      maxLenApprox: '1000000',
      publishingScopes: mayPublish,
      subscriptionScopes: maySubscribe,
    }),
  },
  scopes: [...members],
};
