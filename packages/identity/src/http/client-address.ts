import type { HttpBindings } from '@hono/node-server';
import { fromSidecar } from '@muster/dapr';
import type { Context } from 'hono';

/**
 * The client's address. Only a request through our sidecar may name it (`X-Forwarded-For`, whose first entry our gateway
 * wrote); whoever comes straight to the service is the socket's other end.
 */
export function clientAddress(appApiToken: string | undefined): (c: Context) => string | undefined {
  const trusted = appApiToken ? fromSidecar(appApiToken) : () => false;
  return (c) => {
    const forwarded = c.req.header('x-forwarded-for');
    if (forwarded !== undefined && trusted(c)) return forwarded.split(',', 1)[0]?.trim().slice(0, 45) || undefined;
    return (c.env as Partial<HttpBindings> | undefined)?.incoming?.socket.remoteAddress;
  };
}
