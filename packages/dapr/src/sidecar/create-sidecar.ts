import type { EventEnvelope } from '@muster/contracts';
import { type Log, tracing } from '@muster/service-kit';
import { type Binding, createBinding } from '../binding/create-binding.ts';
import { type Cache, createCache } from '../cache/create-cache.ts';
import { type Job, scheduleJob } from '../jobs/schedule-job.ts';
import { type GuardOptions, guard } from './guard.ts';
import { type Invocation, invoke } from './invoke.ts';
import { type Published, publish } from './publish.ts';
import { traceInvoke } from './trace-invoke.ts';
import { createTransport } from './transport.ts';

export interface Sidecar {
  /** One bulk request per call; see {@link publish}. Throws AppError `unavailable`/`timeout` when sidecar or broker is away. */
  publish(topic: string, envelopes: EventEnvelope[]): Promise<Published>;
  /** Typed service invocation; see {@link invoke}. */
  invoke<T = unknown>(o: Invocation<T>): Promise<T>;
  /** An S3-like output binding by component name. */
  binding(name: string): Binding;
  /** Redis behind a binding of `bindings.redis`, by component name; see {@link createCache}. */
  cache(name: string): Cache;
  /** Registers a job with the scheduler; see {@link scheduleJob}. */
  schedule(job: Job): Promise<void>;
  /** True when the sidecar answers and its outbound APIs are up. Never throws. */
  ready(): Promise<boolean>;
  /** Watches for a sidecar that came up without pub/sub; see {@link guard}. */
  guard(o?: GuardOptions): { stop(): void };
  /** Closes the connections and ends the watch; requests under way fail. */
  close(): Promise<void>;
}

export interface SidecarOptions {
  httpPort: number;
  apiToken?: string | undefined;
  log: Log;
  /** `host:port` of Redis: watches from now on for a sidecar that came up without pub/sub. */
  probe?: string | undefined;
  /** Components on Redis it watches for. Default: pub/sub. */
  needs?: readonly string[];
}

/** The seam to Dapr: everything a service asks of its sidecar. Connects on first use, so it may start before daprd does. */
export function createSidecar(o: SidecarOptions): Sidecar {
  const transport = createTransport(o);
  const watch = guard(transport, o.log, { probe: o.probe, ...(o.needs && { needs: o.needs }) });
  const caches: Cache[] = [];
  return {
    publish: (topic, envelopes) => publish(transport, topic, envelopes),
    invoke: tracing() ? (call) => traceInvoke(transport, call) : (call) => invoke(transport, call),
    binding: (name) => createBinding(transport, { ...o, name }),
    cache(name) {
      const cache = createCache(transport, { name, log: o.log });
      caches.push(cache);
      return cache;
    },
    schedule: (job) => scheduleJob(transport, job),
    async ready() {
      try {
        const answer = await transport.request({ method: 'GET', path: '/v1.0/healthz/outbound', timeoutMs: 1500 });
        await answer.text();
        return answer.status < 300;
      } catch {
        return false;
      }
    },
    guard: (options) => guard(transport, o.log, options),
    close() {
      watch.stop();
      for (const cache of caches) cache.stop();
      return transport.close();
    },
  };
}
