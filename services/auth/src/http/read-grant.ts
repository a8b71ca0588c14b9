import { AppError } from '@muster/contracts';
import { grantTypes } from '@muster/contracts/http/auth';
import { refuseQuery } from '@muster/service-kit';
import type { Context } from 'hono';

/** What a machine shows to get an access token. */
export type Grant =
  | { type: 'client'; clientId: string; clientSecret: string; scope?: string | undefined }
  | { type: 'api-key'; apiKey: string; scope?: string | undefined }
  | { type: 'device'; deviceToken: string };

const refuse = (detail: string): never => {
  throw new AppError('invalid_input', detail);
};

/**
 * Reads a token request (RFC 6749 §4.4.2): a form, or the client's credentials by HTTP Basic. As the RFC asks, an unknown
 * parameter is passed over, one that comes twice is refused, and so are credentials shown in two ways.
 */
export async function readGrant(c: Context): Promise<Grant> {
  refuseQuery(c);
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(c.req.header('content-type') ?? ''))
    throw new AppError('unsupported_media_type', 'Send the request as application/x-www-form-urlencoded.');
  const form = new URLSearchParams(await c.req.text());
  const read = (name: string): string | undefined => {
    const values = form.getAll(name);
    if (values.length > 1) refuse(`${name} comes twice.`);
    return values[0] === '' ? undefined : values[0];
  };
  const need = (name: string): string => read(name) ?? refuse(`${name} is missing.`);
  const scope = read('scope');
  const type = need('grant_type');
  if (type === grantTypes.client) return { type: 'client', ...clientOf(c, read), scope };
  if (type === grantTypes.apiKey) return { type: 'api-key', apiKey: need('api_key'), scope };
  if (type === grantTypes.device) return { type: 'device', deviceToken: need('device_token') };
  throw new AppError('unsupported_grant_type', 'This grant_type is not known here.');
}

function clientOf(c: Context, read: (name: string) => string | undefined): { clientId: string; clientSecret: string } {
  const basic = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  const clientSecret = read('client_secret');
  const clientId = read('client_id');
  if (basic === undefined) {
    if (clientId !== undefined && clientSecret !== undefined) return { clientId, clientSecret };
    throw new AppError('invalid_client', 'Show client_id and client_secret, in the form or by HTTP Basic.');
  }
  const shown = decodeBasic(basic);
  if (clientSecret !== undefined || (clientId !== undefined && clientId !== shown.clientId))
    refuse('Show the credentials in one way only.');
  return shown;
}

/** RFC 6749 §2.3.1: id and secret are form-encoded before they are joined. */
function decodeBasic(basic: string): { clientId: string; clientSecret: string } {
  const text = Buffer.from(basic, 'base64').toString();
  const colon = text.indexOf(':');
  try {
    const [clientId = '', clientSecret = ''] = [text.slice(0, Math.max(colon, 0)), text.slice(colon + 1)].map((part) =>
      decodeURIComponent(part.replaceAll('+', ' ')),
    );
    return { clientId, clientSecret };
  } catch {
    throw new AppError('invalid_client', 'The credentials of HTTP Basic cannot be read.');
  }
}
