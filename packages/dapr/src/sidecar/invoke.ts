import { AppError, problemSchema } from '@muster/contracts';
import type { z } from 'zod';
import { away } from './away.ts';
import { type CallingActor, callerHeaders } from './calling-actor.ts';
import type { SidecarAnswer, SidecarRequest, Transport } from './transport.ts';

export interface Invocation<T> {
  app: string;
  method: SidecarRequest['method'];
  /** Path on the callee, starting with `/`. */
  path: string;
  body?: unknown;
  query?: Record<string, string | number | undefined>;
  headers?: Record<string, string>;
  /** The answer is parsed with it; without one it is passed on as it came. */
  schema?: z.ZodType<T>;
  /** Default 10 s. */
  timeoutMs?: number;
  /** On whose behalf: the callee reads it with `callingActor(c)`. `null` says that nobody is behind it: a poll, a sweep. */
  actor: CallingActor | null;
}

function pathOf(o: Invocation<unknown>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(o.query ?? {})) if (value !== undefined) query.set(key, String(value));
  return `/v1.0/invoke/${o.app}/method${o.path}${query.size > 0 ? `?${query}` : ''}`;
}

function json(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The callee's own problem keeps its code. What Dapr says itself (callee down, not allowed) names inner addresses: it stays inside. */
function failure(o: Invocation<unknown>, answer: SidecarAnswer, text: string): AppError {
  const problem = problemSchema.safeParse(json(text));
  if (problem.success) {
    const { code, detail, errors } = problem.data;
    const retryAfter = answer.headers['retry-after'];
    return new AppError(code, detail, {
      ...(errors && { errors }),
      ...(typeof retryAfter === 'string' && { headers: { 'Retry-After': retryAfter } }),
    });
  }
  const cause = new Error(`${o.method} ${o.app}${o.path} answered ${answer.status}: ${text.slice(0, 300)}`);
  return answer.status >= 500
    ? new AppError('unavailable', `${o.app} cannot be reached.`, { cause, headers: { 'Retry-After': '2' } })
    : new AppError('internal', 'Something went wrong on our side.', { cause });
}

/**
 * Calls another app through the sidecars. Throws the callee's problem as an AppError of the same code, `unavailable` when
 * it cannot be reached, `timeout` after `timeoutMs`, `internal` when the answer does not fit `schema`. Dapr repeats a call
 * whose callee was away, so a POST must be idempotent.
 */
export async function invoke<T>(transport: Transport, o: Invocation<T>): Promise<T> {
  const request: SidecarRequest = {
    method: o.method,
    path: pathOf(o),
    headers: {
      ...(o.body !== undefined && { 'content-type': 'application/json' }),
      ...(o.actor && callerHeaders(o.actor)),
      ...o.headers,
    },
    timeoutMs: o.timeoutMs ?? 10_000,
    ...(o.body !== undefined && { body: JSON.stringify(o.body) }),
  };
  let answer: SidecarAnswer;
  let text: string;
  try {
    answer = await transport.request(request);
    text = await answer.text();
  } catch (error) {
    throw away(error, o.app);
  }
  if (answer.status >= 400) throw failure(o, answer, text);
  // daprd 1.18 now and then answers 200 without a body for a callee that is down (README). Ours always sign with an id.
  if (answer.headers['x-request-id'] === undefined) throw away(new Error('not an answer of the callee'), o.app);
  const data = json(text);
  if (!o.schema) return data as T;
  const parsed = o.schema.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new AppError('internal', 'Something went wrong on our side.', { cause: parsed.error });
}
