import { Counter, Gauge, Histogram, register } from '@muster/service-kit';
import type { Deps } from './deps.ts';

/** The metric of that name, made on first use: several apps in one test process share the registry. */
const once = <T>(name: string, make: () => T): T => (register.getSingleMetric(name) as T | undefined) ?? make();

const seconds = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** Audit metrics: entries, how late they are against their events, how many travel together. */
export function auditMetrics(): Deps['metrics'] {
  const entries = once(
    'muster_audit_entries_total',
    () => new Counter({ name: 'muster_audit_entries_total', help: 'Audit entries written', labelNames: ['topic'] }),
  );
  const lag = once(
    'muster_audit_lag_seconds',
    () =>
      new Histogram({ name: 'muster_audit_lag_seconds', help: 'From an event to its audit entry', buckets: seconds }),
  );
  const flight = once(
    'muster_audit_flight_entries',
    () =>
      new Histogram({
        name: 'muster_audit_flight_entries',
        help: 'Audit entries written in one transaction',
        buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500],
      }),
  );
  return {
    recorded(drafts, recordedAt) {
      flight.observe(drafts.length);
      for (const { eventType, occurredAt } of drafts) {
        entries.inc({ topic: eventType.slice(0, Math.max(eventType.indexOf('.'), 0)) });
        const ms = recordedAt.epochMilliseconds - Temporal.Instant.from(occurredAt).epochMilliseconds;
        lag.observe(Math.max(ms, 0) / 1000);
      }
    },
  };
}

/** How many sockets are connected to this process, by namespace. */
export const socketGauge = (): Gauge<'namespace'> =>
  once(
    'muster_sockets',
    () => new Gauge({ name: 'muster_sockets', help: 'Connected sockets', labelNames: ['namespace'] }),
  );
