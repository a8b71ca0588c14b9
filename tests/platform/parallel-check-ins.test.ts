import { createClient, MusterProblem } from '@muster/client';
import { expect, it } from 'vitest';
import { auditedTimes } from '../src/audit.ts';
import { eventually } from '../src/eventually.ts';
import { newPerson } from '../src/people.ts';
import { world } from '../src/world.ts';

const PARALLEL = 1000;

it('accepts one of 1,000 parallel check-ins of one person, each an intent of its own', async () => {
  const { api, sql } = await world();
  const ann = await newPerson();
  const muster = createClient({ origin: api.origin, timeoutMs: 60_000, attempts: 8 });
  await muster.signIn({ email: ann.email, password: ann.password });

  const answers = await Promise.all(
    Array.from({ length: PARALLEL }, () =>
      muster.attendance.checkIn().then(
        ({ id }) => id,
        (error: unknown) => (error instanceof MusterProblem ? error.code : String(error)),
      ),
    ),
  );
  const refused = answers.filter((answer) => answer === 'already_checked_in');
  const accepted = answers.filter((answer) => answer !== 'already_checked_in');
  expect([accepted.length, refused.length]).toEqual([1, PARALLEL - 1]);

  const [id] = accepted as [string];
  expect((await muster.attendance.today())?.id).toBe(id);
  const count = async (table: string) =>
    (await sql('attendance').unsafe(`select count(*)::int as n from ${table} where employee_id = $1`, [ann.id]))[0]?.n;
  expect([await count('attendance_sessions'), await count('punches')]).toEqual([1, 1]);
  await eventually('the audit entry', async () => (await auditedTimes('attendance.checked-in', [id])).get(id) === 1);
});
