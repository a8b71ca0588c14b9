import type { CreatedApiKey, CreatedClient, CreatedDevice } from '@muster/contracts/http/auth';
import type { Harness } from './harness.ts';

export const apiKeyGrant = 'urn:muster:grant:api-key';
export const deviceGrant = 'urn:muster:grant:device-token';

/** Asks for a token by a form, as machines do. */
export const askToken = (h: Harness, form: Record<string, string>, headers: Record<string, string> = {}) =>
  h.call('POST', '/api/auth/token', {
    raw: new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });

/** By HTTP Basic, as RFC 6749 prefers. */
export const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
});

export const askAsClient = (h: Harness, c: { clientId: string; clientSecret: string }, scope?: string) =>
  askToken(
    h,
    { grant_type: 'client_credentials', ...(scope !== undefined && { scope }) },
    basic(c.clientId, c.clientSecret),
  );

export const askByKey = (h: Harness, key: string, scope?: string) =>
  askToken(h, { grant_type: apiKeyGrant, api_key: key, ...(scope !== undefined && { scope }) });

export const askAsDevice = (h: Harness, token: string) => askToken(h, { grant_type: deviceGrant, device_token: token });

/** What a token says, without checking it. */
export const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

async function make<T>(h: Harness, token: string, path: string, body: unknown): Promise<T> {
  const answer = await h.call('POST', path, { token, body });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body as T;
}

export const makeClient = (h: Harness, token: string, scopes: string[], name = 'Payroll') =>
  make<CreatedClient>(h, token, '/api/clients', { name, scopes });

export const makeKey = (
  h: Harness,
  token: string,
  body: { scopes: string[]; clientId?: string; expiresInDays?: number },
) => make<CreatedApiKey>(h, token, '/api/api-keys', { name: 'Spreadsheet', ...body });

export const site = '019d0000-0000-7000-8000-000000000051';
export const makeDevice = (h: Harness, token: string, name = 'North gate') =>
  make<CreatedDevice>(h, token, '/api/devices', { name, siteId: site });
