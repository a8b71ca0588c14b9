import { currentTraceparent, traced } from '@muster/service-kit';
import { type Invocation, invoke } from './invoke.ts';
import type { Transport } from './transport.ts';

/** {@link invoke} as a span, where it is part of a trace: polls of ours begin none. */
export function traceInvoke<T>(transport: Transport, o: Invocation<T>): Promise<T> {
  if (currentTraceparent() === undefined) return invoke(transport, o);
  const attributes = {
    'rpc.system': 'dapr',
    'rpc.service': o.app,
    'http.request.method': o.method,
    'url.path': o.path,
  };
  return traced(`invoke ${o.app}`, { kind: 'client', attributes }, ({ traceparent }) =>
    invoke(transport, { ...o, headers: { ...o.headers, traceparent } }),
  );
}
