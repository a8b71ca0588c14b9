import type { Order, Shot } from './order.ts';

/** The bytes (latin1) of one request as a phone would send it. Bodies are ASCII. */
export function renderShot({ origin, method, path }: Pick<Order, 'origin' | 'method' | 'path'>, shot: Shot): string {
  const { token, key, body } = shot;
  return [
    `${method} ${shot.path ?? path} HTTP/1.1`,
    `host: ${new URL(origin).host}`,
    'user-agent: muster-bench',
    'accept: application/json',
    ...(token === undefined ? [] : [`authorization: Bearer ${token}`]),
    ...(key === undefined ? [] : [`idempotency-key: ${key}`]),
    ...(body === undefined ? [] : ['content-type: application/json', `content-length: ${body.length}`]),
    '',
    body ?? '',
  ].join('\r\n');
}
