import { hostname } from 'node:os';
import { context, DiagLogLevel, diag, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Log } from '../logger.ts';

const stopLimitMs = 5_000;

/** OpenTelemetry's SDK with an OTLP/HTTP exporter, set up by its own variables. Loaded only where tracing is on. */
export function createTracer(service: string, log: Log): { tracer: Tracer; stop(): Promise<void> } {
  const tell = (message: string): void => log.warn({ otel: message }, 'tracing');
  const quiet = (): void => undefined;
  diag.setLogger({ error: tell, warn: tell, info: quiet, debug: quiet, verbose: quiet }, DiagLogLevel.WARN);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const own = {
    'service.name': service,
    'service.namespace': 'muster',
    'service.instance.id': `${hostname()}-${process.pid}`,
  };
  const resource = resourceFromAttributes(own).merge(detectResources({ detectors: [envDetector] }));
  const provider = new BasicTracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  return {
    tracer: provider.getTracer('muster'),
    async stop() {
      // A collector that is away must not hold up a shutdown; its spans are lost.
      const late = new Promise<void>((resolve) => setTimeout(resolve, stopLimitMs).unref());
      await Promise.race([provider.shutdown().catch((err) => log.warn({ err }, 'spans were not sent')), late]);
      context.disable();
      diag.disable();
    },
  };
}
