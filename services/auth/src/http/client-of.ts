import { clientAddress, userAgentOf } from '@muster/identity';
import type { Context } from 'hono';
import type { Client } from '../domain/client.ts';

/** Reads where a request comes from. `appApiToken`: only our own sidecar may name another address than the socket's. */
export function clientReader(appApiToken: string): (c: Context) => Client {
  const addressOf = clientAddress(appApiToken);
  return (c) => {
    const ip = addressOf(c);
    const userAgent = userAgentOf(c);
    return { ...(ip && { ip }), ...(userAgent && { userAgent }) };
  };
}
