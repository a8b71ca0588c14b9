import { request } from 'undici';
import { expect, it } from 'vitest';
import { auditedOnce } from '../src/audit.ts';
import { newPeople } from '../src/people.ts';
import { world } from '../src/world.ts';

it('finishes the requests in flight when attendance is told to stop', async () => {
  const { platform, sql } = await world();
  const people = await newPeople(200);
  let answered = 0;
  let stopping: Promise<unknown> | undefined;
  // Straight at the service: what it took it must answer, with nobody between who could retry.
  const answers = await Promise.all(
    people.map(async (person) => {
      try {
        const answer = await request(`${platform.urls.services.attendance}/api/attendance/check-in`, {
          method: 'POST',
          headers: { authorization: `Bearer ${person.token}`, 'content-type': 'application/json' },
          body: '{}',
        });
        const body = (await answer.body.json()) as { id: string };
        answered += 1;
        if (answered === 20) stopping = platform.part('attendance').restart();
        return { status: answer.statusCode, id: body.id };
      } catch (error) {
        // A connection refused was never taken; one that broke in the middle was lost on the way.
        return {
          status: 0,
          id: '',
          refused: /ECONNREFUSED|other side closed|ECONNRESET|terminated/.test(String(error)),
        };
      }
    }),
  );
  await stopping;
  const accepted = answers.filter(({ status }) => status === 201).map(({ id }) => id);
  expect(answers.filter(({ status }) => ![0, 201, 503].includes(status))).toEqual([]);
  expect(accepted.length).toBeGreaterThanOrEqual(20);
  const rows = await sql('attendance')<{ id: string }[]>`
    SELECT id FROM attendance_sessions WHERE employee_id = ANY(${people.map(({ id }) => id)}::uuid[])`;
  // Every row has its answer: nothing was committed for a client who was not told.
  expect(rows.map(({ id }) => id).sort()).toEqual([...accepted].sort());
  expect(await auditedOnce('attendance.checked-in', accepted)).toEqual([]);
});
