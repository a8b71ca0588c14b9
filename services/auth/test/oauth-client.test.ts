// A client library that knows nothing of Muster gets its tokens here: the wire format is RFC 6749's, not ours.
import * as oauth from 'oauth4webapi';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { admin, type Harness, startHarness } from './support/harness.ts';
import { makeClient } from './support/machines.ts';

let h: Harness;
let boss: string;
beforeAll(async () => {
  h = await startHarness();
  boss = (await h.login(admin)).accessToken;
});
afterAll(() => h.stop());

const server = { issuer: 'https://muster.local', token_endpoint: 'https://muster.local/api/auth/token' };
const ask = async (clientId: string, auth: oauth.ClientAuth, scope: string) => {
  const client = { client_id: clientId };
  const response = await oauth.clientCredentialsGrantRequest(server, client, auth, new URLSearchParams({ scope }), {
    [oauth.customFetch]: async (url, init) => h.app.request(new URL(url).pathname, init as RequestInit),
  });
  return oauth.processClientCredentialsResponse(server, client, response);
};

test.each([
  ['client_secret_basic', oauth.ClientSecretBasic],
  ['client_secret_post', oauth.ClientSecretPost],
])('%s', async (_name, show) => {
  const { clientId, clientSecret } = await makeClient(h, boss, ['users.manage', 'audit.read']);
  const token = await ask(clientId, show(clientSecret), 'users.manage');
  expect(token).toMatchObject({ token_type: 'bearer', expires_in: 900, scope: 'users.manage' });
  expect((await h.call('GET', '/api/users', { token: token.access_token })).status).toBe(200);
});

test('refusals are read as such', async () => {
  const { clientId, clientSecret } = await makeClient(h, boss, ['audit.read']);
  await expect(ask(clientId, oauth.ClientSecretPost(clientSecret), 'users.manage')).rejects.toMatchObject({
    error: 'invalid_scope',
    status: 400,
    error_description: expect.any(String),
  });
  await expect(ask(clientId, oauth.ClientSecretBasic('wrong'), 'audit.read')).rejects.toMatchObject({
    status: 401,
    cause: [{ scheme: 'basic', parameters: { realm: 'muster' } }],
  });
});
