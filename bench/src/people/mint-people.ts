import { randomUUID } from 'node:crypto';
import type { SigningKey } from '@muster/auth/key-pair';
import { signAccessToken } from '@muster/identity';
import { v7 as uuid } from 'uuid';

export interface Person {
  id: string;
  name: string;
  token: string;
}

const lifeSeconds = 900;

/** People nobody has seen before, each with an access token as auth would have issued it just now. */
export function mintPeople(key: SigningKey, count: number): Promise<Person[]> {
  const iat = Math.floor(Date.now() / 1000);
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const id = uuid();
      const name = `Bench Person ${index}`;
      const claims = { iss: 'https://muster.local', aud: 'muster', sub: id, sid: randomUUID(), ver: 1 } as const;
      const who = { role: 'employee', name, email: `${id}@bench.muster.example` } as const;
      const token = await signAccessToken({ ...claims, ...who, iat, exp: iat + lifeSeconds }, key.privateKey, key.kid);
      return { id, name, token };
    }),
  );
}

/** Every `1/share`-th of them, evenly spread: those whose token a service shall see for the first time. */
export const isFresh = (index: number, share: number): boolean =>
  Math.floor((index + 1) * share) > Math.floor(index * share);
