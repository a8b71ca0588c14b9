import { apps, PUBSUB } from '@muster/contracts';
import type { Manifest } from './manifest.ts';

/**
 * An outage is not poison: inbound delivery is retried for as long as it lasts, and the app itself answers DROP for an
 * event that keeps failing. Without an inbound retry the component acknowledges a failed event and it is gone.
 */
export const resiliency: Manifest = {
  apiVersion: 'dapr.io/v1alpha1',
  kind: 'Resiliency',
  metadata: { name: 'muster' },
  scopes: [...apps],
  spec: {
    policies: {
      timeouts: { delivery: '30s' },
      retries: {
        untilItIsBack: { policy: 'exponential', maxInterval: '5s', maxRetries: -1 },
        // Dapr retries invocations itself, whatever the method; the gateway adds an Idempotency-Key to every POST.
        DaprBuiltInServiceRetries: { policy: 'constant', duration: '250ms', maxRetries: 3 },
      },
    },
    targets: {
      components: { [PUBSUB]: { inbound: { retry: 'untilItIsBack', timeout: 'delivery' } } },
    },
  },
};
