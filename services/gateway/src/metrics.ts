import { Counter, Gauge, soleMetric } from '@muster/service-kit';
import type { CircuitState } from './circuit/create-circuit.ts';

/** Shows the circuits at each scrape; the result counts a request that one of them refused. */
export function circuitMetrics(apps: readonly string[], states: () => Record<string, CircuitState>) {
  const refused = new Counter({
    name: soleMetric('muster_circuit_refused_total'),
    help: 'Requests refused at once because the app behind them does not answer',
    labelNames: ['callee'],
  });
  // A series from the first scrape on: a rate knows where it began.
  for (const callee of apps) refused.inc({ callee }, 0);
  new Gauge({
    name: soleMetric('muster_circuit_open'),
    help: '1 from when an app did not answer until a request that tries is answered',
    labelNames: ['callee'],
    collect() {
      for (const [callee, state] of Object.entries(states())) this.set({ callee }, state === 'closed' ? 0 : 1);
    },
  });
  return { countRefused: (callee: string): void => refused.inc({ callee }) };
}

/** Shows whether rate limits are counted together with other gateways. */
export function limitMetrics(shared: () => boolean): void {
  new Gauge({
    name: soleMetric('muster_limits_shared'),
    help: '1 while rate limits are counted in Redis together with the other gateways, 0 while for this process alone',
    collect() {
      this.set(shared() ? 1 : 0);
    },
  });
}
