import { ensureRegistered } from '@muster/demo';
import pLimit from 'p-limit';
import type { Bench } from '../bench.ts';

/** Bodies of the sign-in requests of `count` people who registered through the front door, at auth's own bcrypt cost. */
export async function registerUsers({ api }: Pick<Bench, 'api'>, count: number): Promise<string[]> {
  const limit = pLimit(4);
  const password = 'A-good-bench-password-1';
  return Promise.all(
    Array.from({ length: count }, (_, index) =>
      limit(async () => {
        const email = `user${index}@bench.muster.example`;
        await ensureRegistered(api, { email, password, name: `Bench User ${index}` });
        return JSON.stringify({ email, password });
      }),
    ),
  );
}
