import { type Api, createApi, ensureRegistered, signIn } from '@muster/demo';
import { v7 as uuid } from 'uuid';
import { frontDoor, get } from './cluster.ts';

export interface Person {
  id: string;
  token: string;
}

let opened: Promise<Api> | undefined;

/** A client outside the cluster. */
export const api = (): Promise<Api> => (opened ??= frontDoor().then(createApi));

/** The first administrator, as `helm install` says where to look. */
export async function administrator(): Promise<{ email: string; password: string; token: string }> {
  const { data } = await get(['secret', 'muster-auth']);
  const plain = (key: string): string => Buffer.from(data[key], 'base64').toString();
  const [email, password] = [plain('adminEmail'), plain('adminPassword')];
  return { email, password, token: (await signIn(await api(), email, password)).accessToken };
}

// Beyond what a pod hashes in a while, everybody only waits for everybody.
const atATime = 10;

/** People who registered a moment ago. */
export async function newPeople(count: number): Promise<Person[]> {
  const door = await api();
  const people: Person[] = [];
  const register = async (): Promise<void> => {
    const person = { email: `${uuid()}@tests.muster.example`, password: 'A-good-password-1', name: 'Test Person' };
    await ensureRegistered(door, person);
    const session = await signIn(door, person.email, person.password);
    people.push({ id: session.user.id, token: session.accessToken });
  };
  for (let left = count; left > 0; left -= atATime) {
    await Promise.all(Array.from({ length: Math.min(left, atATime) }, register));
  }
  return people;
}
