import { collectDefaultMetrics, Histogram, register } from 'prom-client';

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
