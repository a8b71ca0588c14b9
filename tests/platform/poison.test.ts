import { expect, it } from 'vitest';
import { auditedOnce, auditedTimes } from '../src/audit.ts';
import { eventually } from '../src/eventually.ts';
import { checkInPatiently, newPeople } from '../src/people.ts';
import { world } from '../src/world.ts';

it('parks the one event that keeps failing, lets the others pass, and delivers it once it is mended', async () => {
  const { sql, superuser, cli } = await world();
  const people = await newPeople(10);
  const poisoned = people[4] as (typeof people)[0];
  // A real fault in the consumer's own database: its rows for this one person cannot be written.
  const db = superuser('events');
  await db.unsafe(`CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.event_type = 'attendance.checked-in' AND NEW.user_id = '${poisoned.id}' THEN RAISE EXCEPTION 'poison'; END IF; RETURN NEW; END $$`);
  await db.unsafe(
    'CREATE TRIGGER refuse_one BEFORE INSERT ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_one()',
  );

  const sessions = await Promise.all(people.map(checkInPatiently));
  const ids = sessions.map(({ id }) => id);
  const poison = ids[4] as string;
  const others = ids.filter((id) => id !== poison);
  expect(await auditedOnce('attendance.checked-in', others)).toEqual([]);
  const [parked] = await eventually('parked', async () => {
    const rows = await sql('events')<{ id: string; payload: { subject?: string } }[]>`
      SELECT * FROM dead_letters WHERE payload::text LIKE ${`%${poison}%`}`;
    return rows.length === 1 ? rows : undefined;
  });
  expect((await auditedTimes('attendance.checked-in', [poison])).size).toBe(0);

  await db.unsafe('DROP TRIGGER refuse_one ON audit_entries; DROP FUNCTION refuse_one()');
  const dlq = await cli(['dlq', 'retry', 'events', String(parked?.id)]);
  expect(dlq).toMatchObject({ exitCode: 0 });
  expect(await auditedOnce('attendance.checked-in', [poison])).toEqual([]);
});
