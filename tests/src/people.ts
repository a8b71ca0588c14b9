import { type Answer, expectStatus } from '@muster/demo';
import { v7 as uuid } from 'uuid';
import { eventually } from './eventually.ts';
import { world } from './world.ts';

export interface Person {
  id: string;
  email: string;
  password: string;
  token: string;
  refreshToken: string;
}

interface SessionBody {
  accessToken: string;
  refreshToken: string;
  user: { id: string; role: string };
}

export interface Attendance {
  id: string;
  date: string;
  checkInAt: string;
  checkOutAt: string | null;
  code?: string;
}

/** A person who registered a moment ago. */
export async function newPerson(): Promise<Person> {
  const { api } = await world();
  const email = `${uuid()}@tests.muster.example`;
  const password = 'A-good-password-1';
  const body = { email, password, name: 'Test Person' };
  const session = expectStatus(await api.call<SessionBody>('POST', '/api/auth/register', { body, patience: 50 }), 201);
  return { id: session.user.id, email, password, token: session.accessToken, refreshToken: session.refreshToken };
}

export const newPeople = (count: number): Promise<Person[]> => Promise.all(Array.from({ length: count }, newPerson));

export async function checkIn(
  person: { token: string },
  key = uuid(),
  headers: Record<string, string> = {},
): Promise<Answer<Attendance>> {
  const { api } = await world();
  return api.call<Attendance>('POST', '/api/attendance/check-in', {
    token: person.token,
    body: {},
    headers: { ...headers, 'idempotency-key': key },
  });
}

/** Checks in as a patient client does: the same key until an answer other than 429, 502, 503 or 504 comes. */
export async function checkInPatiently(person: { token: string }): Promise<Attendance> {
  const key = uuid();
  return eventually('check-in', async () => {
    const answer = await checkIn(person, key);
    if ([429, 502, 503, 504].includes(answer.status)) return undefined;
    return expectStatus(answer, 201);
  });
}
