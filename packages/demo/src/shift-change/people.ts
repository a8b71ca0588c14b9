import pLimit from 'p-limit';
import type { Api } from '../api.ts';
import { ensureRegistered, type Session, signIn } from '../session.ts';

export interface Worker {
  session: Session;
  token: string;
}

const PASSWORD = 'Shift-change-demo-1';

/** Registers (once) and signs in the people of a shift change; `onSignedIn` is told how many are in. */
export async function gatherPeople(
  api: Api,
  count: number,
  onSignedIn: (count: number) => void,
): Promise<{ workers: Worker[]; registered: number }> {
  const limit = pLimit(8);
  let signedIn = 0;
  let registered = 0;
  const workers = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      limit(async () => {
        const number = String(index + 1).padStart(4, '0');
        const person = {
          email: `shift${number}@demo.muster.example`,
          password: PASSWORD,
          name: `Shift Worker ${number}`,
        };
        if (await ensureRegistered(api, person)) registered += 1;
        const session = await signIn(api, person.email, person.password);
        signedIn += 1;
        onSignedIn(signedIn);
        return { session, token: session.accessToken };
      }),
    ),
  );
  return { workers, registered };
}
