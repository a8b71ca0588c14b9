import { type Api, expectStatus } from './api.ts';

export interface Session {
  accessToken: string;
  refreshToken: string;
  expiresIn: number;
  user: { id: string; email: string; name: string; role: string };
}

/** Hashing is bounded on purpose: under a rush most sign-ins are asked to come back, and do. */
const PATIENCE = 200;

export async function signIn(api: Api, email: string, password: string): Promise<Session> {
  const answer = await api.call<Session>('POST', '/api/auth/login', { body: { email, password }, patience: PATIENCE });
  return expectStatus(answer, 200);
}

/** Registers a person; somebody who already exists stays as they are. True when it is new. */
export async function ensureRegistered(
  api: Api,
  person: { email: string; password: string; name: string },
): Promise<boolean> {
  const answer = await api.call('POST', '/api/auth/register', { body: person, patience: PATIENCE });
  expectStatus(answer, 201, 409);
  return answer.status === 201;
}
