import type { Tracer } from '@opentelemetry/api';

let current: Tracer | undefined;
let end: (() => Promise<void>) | undefined;

/** Whether spans are made. Ask when wiring: what is not traced then stays exactly as it was, and pays nothing. */
export const tracing = (): boolean => current !== undefined;

export function useTracer(tracer: Tracer | undefined, stop: (() => Promise<void>) | undefined): void {
  current = tracer;
  end = stop;
}

export function tracer(): Tracer {
  if (current === undefined) throw new Error('no tracing: ask tracing() before');
  return current;
}

/** Sends the spans that wait, a few seconds at most, and makes no more. Without tracing nothing. */
export async function stopTracing(): Promise<void> {
  const stop = end;
  useTracer(undefined, undefined);
  await stop?.();
}
