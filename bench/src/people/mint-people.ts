import { randomUUID } from 'node:crypto';
import type { SigningKey } from '@muster/auth/key-pair';
import { type AccessClaims, signAccessToken } from '@muster/identity';
import { v7 as uuid } from 'uuid';

export interface Person {
  id: string;
  name: string;
  token: string;
}

const lifeSeconds = 900;

/** People nobody has seen before, each with an access token as auth would have issued it just now. */
export function mintPeople(key: SigningKey, count: number): Promise<Person[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => mintActor(key, { name: `Bench Person ${index}` })));
}

/** Somebody nobody has seen before, in a role; a kiosk stands at a site. */
export async function mintActor(
  key: SigningKey,
  o: Partial<Pick<AccessClaims, 'role' | 'name' | 'siteId'>>,
): Promise<Person> {
  const iat = Math.floor(Date.now() / 1000);
  const id = uuid();
  const who = { role: 'employee', name: 'Bench', email: `${id}@bench.muster.example`, ...o } as const;
  const claims = { iss: 'https://muster.local', aud: 'muster', sub: id, sid: randomUUID(), ver: 1, ...who } as const;
  const token = await signAccessToken({ ...claims, iat, exp: iat + lifeSeconds }, key.privateKey, key.kid);
  return { id, name: who.name, token };
}

/** Every `1/share`-th of them, evenly spread: those whose token a service shall see for the first time. */
export const isFresh = (index: number, share: number): boolean =>
  Math.floor((index + 1) * share) > Math.floor(index * share);
