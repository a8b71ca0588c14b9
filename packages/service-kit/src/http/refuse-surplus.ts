import type { RouteConfig } from '@hono/zod-openapi';
import { AppError } from '@muster/contracts';
import type { Context, MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { toFieldErrors, unacceptable } from './validation-hook.ts';

const nothing = z.strictObject({});

function refuseFields(value: unknown, part: 'body' | 'query'): void {
  const { error } = nothing.safeParse(value);
  if (error) throw unacceptable(toFieldErrors(error, part));
}

/** Throws a 400 that names every query field of a request whose route has none. */
export function refuseQuery(c: Context): void {
  // Most requests have none: those pay for one search.
  if (c.req.url.includes('?')) refuseFields(c.req.query(), 'query');
}

const noQuery: MiddlewareHandler = async (c, next) => {
  refuseQuery(c);
  await next();
};

/** An empty body and `{}` say nothing; `{"notificationIds": […]}` to a route that marks everything says something else. */
const noBody: MiddlewareHandler = async (c, next) => {
  const sent = c.req.header('transfer-encoding') !== undefined || Number(c.req.header('content-length') ?? 0) > 0;
  const text = sent ? await c.req.text() : '';
  if (text !== '') {
    if (!/^application\/([\w.-]+\+)?json\b/i.test(c.req.header('content-type') ?? '')) {
      throw new AppError('unsupported_media_type', 'This content type is not accepted here.');
    }
    refuseFields(parse(text), 'body');
  }
  await next();
};

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('invalid_json', 'The body is not valid JSON.');
  }
}

/** Guards that refuse what a route does not declare: any query where it names none, any field where it takes no body. */
export function refuseSurplus({ method, request }: Pick<RouteConfig, 'method' | 'request'>): MiddlewareHandler[] {
  const reads = method === 'get' || method === 'head';
  return [...(request?.query ? [] : [noQuery]), ...(request?.body || reads ? [] : [noBody])];
}
