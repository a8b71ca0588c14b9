import { AppError } from '@muster/contracts';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { KitEnv } from './env.ts';

const tooLarge = (bytes: number): AppError =>
  new AppError('body_too_large', `The body may have at most ${bytes} bytes.`);

/**
 * Refuses a body over `bytes` with 413, before the handler. A declared length is compared (Node's parser holds the client
 * to it); a chunked body is counted while it is read.
 */
export function limitBody(bytes: number): MiddlewareHandler<KitEnv> {
  const counted = bodyLimit({
    maxSize: bytes,
    onError: () => {
      throw tooLarge(bytes);
    },
  });
  return (c, next) => {
    const method = c.req.method;
    if (method === 'GET' || method === 'HEAD') return next();
    const chunked = c.req.header('transfer-encoding') !== undefined;
    const length = c.req.header('content-length');
    if (!chunked && length !== undefined) {
      if (Number(length) > bytes) throw tooLarge(bytes);
      return next();
    }
    // On a real connection a body has either header; under app.request() there may be neither, so count. Touching
    // `raw.body` builds a whole web Request, which a bodiless check-in should not pay for.
    return chunked || !c.env?.incoming ? counted(c, next) : next();
  };
}
