import { clientAddress } from '@muster/identity';
import type { Context } from 'hono';
import type { Client } from '../domain/client.ts';

/** Reads where a request comes from. `appApiToken`: only our own sidecar may name another address than the socket's. */
export function clientReader(appApiToken: string): (c: Context) => Client {
  const addressOf = clientAddress(appApiToken);
  return (c) => {
    const ip = addressOf(c);
    const userAgent = c.req.header('user-agent')?.slice(0, 300);
    return { ...(ip && { ip }), ...(userAgent && { userAgent }) };
  };
}
