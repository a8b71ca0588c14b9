import { collectDefaultMetrics, Gauge, Histogram, register } from 'prom-client';

export { Counter, Gauge, Histogram, register } from 'prom-client';

let collecting = false;

/** Process metrics (CPU, memory, GC, event-loop delay) into the one registry of this process; repeated calls do nothing. */
export function collectProcessMetrics(): void {
  if (collecting) return;
  collecting = true;
  collectDefaultMetrics();
}

/** Request durations by method, route pattern and status class: few series whatever paths clients invent. */
export function requestHistogram(): Histogram<'method' | 'route' | 'status'> {
  const name = 'http_request_duration_seconds';
  const known = register.getSingleMetric(name);
  if (known) return known as Histogram<'method' | 'route' | 'status'>;
  return new Histogram({
    name,
    help: 'Duration of HTTP requests by route pattern',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  });
}

/** Frees the name of a metric: what is wired last is what is measured, also with several services in one test. */
export function soleMetric(name: string): string {
  register.removeSingleMetric(name);
  return name;
}

/** Pools of connections at the moment of a scrape, by name; see `poolUse` of `@muster/db`. */
export function poolMetrics(pools: Record<string, () => { max: number; used: number; waiting: number }>): void {
  const gauge = (name: string, help: string, field: 'max' | 'used' | 'waiting'): Gauge<'pool'> =>
    new Gauge({
      name: soleMetric(name),
      help,
      labelNames: ['pool'],
      collect() {
        for (const [pool, use] of Object.entries(pools)) this.set({ pool }, use()[field]);
      },
    });
  gauge('muster_pool_max', 'Connections to PostgreSQL at most', 'max');
  gauge('muster_pool_used', 'Connections to PostgreSQL with a statement or transaction under way', 'used');
  gauge('muster_pool_waiting', 'Statements and transactions that wait for a connection', 'waiting');
}
