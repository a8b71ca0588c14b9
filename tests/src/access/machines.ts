import { grantTypes } from '@muster/contracts/http/auth';
import { expectStatus } from '@muster/demo';
import type { Action } from '@muster/identity';
import { v7 as uuid } from 'uuid';
import { world } from '../world.ts';
import type { Member } from './cast.ts';

/** What the key and the client below may do: enough to be let in somewhere, and far from everything. */
const scopes: Action[] = ['attendance.read', 'employees.read'];
const nobody = { email: '', password: '', secrets: [] };

async function create<T>(path: string, body: object, token?: string): Promise<T> {
  const { api, adminToken } = await world();
  const request = { token: token ?? adminToken(), body, patience: 50 };
  return expectStatus(await api.call<T>('POST', path, request), 201);
}

async function exchange(grant: Record<string, string>): Promise<string> {
  const { api } = await world();
  const answer = await api.call<{ access_token: string }>('POST', '/api/auth/token', {
    body: new TextEncoder().encode(`${new URLSearchParams(grant)}`),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    patience: 50,
  });
  return expectStatus(answer, 200).access_token;
}

/** A kiosk is no person: a device that an administrator enrolled, with a token of its own. */
export async function enrolKiosk(siteId: string): Promise<Member> {
  const body = { name: `Kiosk ${uuid()}`, siteId };
  const { id, deviceToken } = await create<{ id: string; deviceToken: string }>('/api/devices', body);
  const token = await exchange({ grant_type: grantTypes.device, device_token: deviceToken });
  return { ...nobody, id, role: 'kiosk', token };
}

/** A machine of somebody's, which has no role. */
export async function registerClient(): Promise<Member> {
  const body = { name: `Client ${uuid()}`, scopes };
  const { id, clientSecret } = await create<{ id: string; clientSecret: string }>('/api/clients', body);
  const token = await exchange({ grant_type: grantTypes.client, client_id: id, client_secret: clientSecret });
  return { ...nobody, id, role: 'client', scopes, token };
}

/** A key that somebody made for a script of theirs: their role, narrowed. Its id is its own, so that nothing counts as theirs. */
export async function makeKey(owner: Member): Promise<Member> {
  const body = { name: `Key ${uuid()}`, scopes };
  const { id, key } = await create<{ id: string; key: string }>('/api/api-keys', body, owner.token);
  const token = await exchange({ grant_type: grantTypes.apiKey, api_key: key });
  return { ...nobody, id, role: owner.role, scopes, token };
}
