import { type Attributes, context, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { contextOf, toTraceparent } from './traceparent.ts';
import { tracer } from './tracer.ts';

const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

export interface SpanOptions {
  /** Default `internal`. */
  kind?: keyof typeof kinds;
  /** What it is part of. Default: the work under way. */
  parent?: string | undefined;
  attributes?: Attributes;
  /** Unix ms, for what began before anybody looked. */
  startedAt?: number;
}

/** A piece of work under way, as a trace shows it. */
export interface OpenSpan {
  /** W3C Trace Context: hand it on to what this causes elsewhere. */
  traceparent: string;
  rename(name: string): void;
  set(attributes: Attributes): void;
  /** It went wrong; `why` is shown in the trace. */
  fail(why: unknown): void;
  /** Unix ms; now by default. */
  end(at?: number): void;
}

function open(span: Span): OpenSpan {
  return {
    traceparent: toTraceparent(span.spanContext()),
    rename: (name) => void span.updateName(name),
    set: (attributes) => void span.setAttributes(attributes),
    fail: (why) => void span.setStatus({ code: SpanStatusCode.ERROR, message: String(why).slice(0, 300) }),
    end: (at) => span.end(at),
  };
}

function begin(name: string, { kind = 'internal', parent, attributes = {}, startedAt }: SpanOptions): Span {
  const started = startedAt === undefined ? {} : { startTime: startedAt };
  return tracer().startSpan(name, { kind: kinds[kind], attributes, ...started }, contextOf(parent) ?? context.active());
}

/** Begins a span that its caller ends. Only where {@link tracing} says so. */
export const startSpan = (name: string, options: SpanOptions = {}): OpenSpan => open(begin(name, options));

/** Runs work as a span: what it causes becomes part of it, what it throws is noted. Only where {@link tracing} says so. */
export async function traced<T>(
  name: string,
  options: SpanOptions,
  work: (span: OpenSpan) => Promise<T> | T,
): Promise<T> {
  const span = begin(name, options);
  const own = open(span);
  try {
    return await context.with(trace.setSpan(context.active(), span), work, undefined, own);
  } catch (error) {
    own.fail(error);
    throw error;
  } finally {
    own.end();
  }
}
