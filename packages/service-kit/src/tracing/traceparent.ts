import { type Context, ROOT_CONTEXT, type SpanContext, trace } from '@opentelemetry/api';

const form = /^00-((?!0{32})[0-9a-f]{32})-((?!0{16})[0-9a-f]{16})-([0-9a-f]{2})$/;

/** W3C Trace Context of a span. */
export const toTraceparent = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;

/** A context whose spans continue `traceparent`; undefined when that is none. */
export function contextOf(traceparent: string | undefined): Context | undefined {
  const [, traceId, spanId, flags] = (traceparent && form.exec(traceparent)) || [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  const traceFlags = Number.parseInt(flags, 16);
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

/** Whether a sender asked for this trace to be kept. */
export const isSampled = (traceparent: string | undefined): traceparent is string =>
  ((traceparent && form.exec(traceparent)?.[3]) || '0').charCodeAt(1) % 2 === 1;

/** The trace context of the work under way; undefined without tracing. */
export function currentTraceparent(): string | undefined {
  const span = trace.getActiveSpan()?.spanContext();
  return span && toTraceparent(span);
}
