import { type App, calls } from '@muster/contracts';
import type { Manifest } from './manifest.ts';

/** Namespace and trust domain of the callers, as their sidecars' certificates state them. Locally NAMESPACE=muster. */
const NAMESPACE = 'muster';
const TRUST_DOMAIN = 'public';

function policiesFor(callee: App): object[] {
  const inbound = calls.filter((call) => call.callee === callee);
  const callers = [...new Set(inbound.map((call) => call.caller))].sort();
  return callers.map((caller) => ({
    appId: caller,
    defaultAction: 'deny',
    trustDomain: TRUST_DOMAIN,
    namespace: NAMESPACE,
    operations: inbound
      .filter((call) => call.caller === caller)
      .map((call) => ({ name: call.path, httpVerb: [...call.verbs], action: 'allow' })),
  }));
}

/** The sidecar's configuration of one app: who may invoke what (default deny), lean metrics. */
export const configurationOf = (app: App): Manifest => ({
  apiVersion: 'dapr.io/v1alpha1',
  kind: 'Configuration',
  metadata: { name: `muster-${app}` },
  spec: {
    accessControl: { defaultAction: 'deny', trustDomain: TRUST_DOMAIN, policies: policiesFor(app) },
    // Components read secrets for the app; the app itself has no business in the store.
    secrets: { scopes: [{ storeName: 'kubernetes', defaultAccess: 'deny' }] },
    // Otherwise every path with an id in it becomes a metric of its own.
    metrics: { enabled: true, http: { increasedCardinality: false } },
    tracing: { samplingRate: '0' },
  },
});
