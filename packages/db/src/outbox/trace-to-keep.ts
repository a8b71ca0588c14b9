import { trace } from '@opentelemetry/api';

const isKept = (flags: number): boolean => flags % 2 === 1;

/**
 * What an event takes along of `given`, else of the work under way (W3C Trace Context): only a trace that is kept.
 * Undefined without tracing.
 */
export function traceToKeep(given: string | undefined): string | undefined {
  if (given !== undefined) return isKept(Number.parseInt(given.slice(-2), 16)) ? given : undefined;
  const span = trace.getActiveSpan()?.spanContext();
  return span && isKept(span.traceFlags) ? `00-${span.traceId}-${span.spanId}-01` : undefined;
}
