import type { Log } from '../logger.ts';
import { useTracer } from './tracer.ts';

export interface TracingOptions {
  /** Name of the service; `OTEL_SERVICE_NAME` wins. */
  service: string;
  /** `OTEL_EXPORTER_OTLP_ENDPOINT`. Without it nothing is loaded and no span is made. */
  endpoint: string | undefined;
  log: Log;
}

/**
 * Switches tracing on for this process. Call it before anything is wired. The rest is said by OpenTelemetry's own variables:
 * `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_TRACES_SAMPLER`, `OTEL_RESOURCE_ATTRIBUTES`, `OTEL_BSP_*`. `startServer` ends it.
 */
export async function startTracing({ service, endpoint, log }: TracingOptions): Promise<void> {
  if (endpoint === undefined) return;
  const { createTracer } = await import('./create-tracer.ts');
  const { tracer, stop } = createTracer(service, log);
  useTracer(tracer, stop);
  log.info({ endpoint }, 'tracing');
}
