import { createHash } from 'node:crypto';
import { AppError } from '@muster/contracts';
import type { PunchBody } from '@muster/contracts/http/attendance';
import { insertOutbox, newEvent, newId, type Sql, withTransaction } from '@muster/db';
import { type Actor, toEventActor } from '@muster/identity';

const hash = (body: object): Buffer => createHash('sha256').update(JSON.stringify(body)).digest();

/** The check-in as it is usually written: one transaction per request, one INSERT per table. */
export function checkIn(sql: Sql, actor: Actor, body: PunchBody, key: string | undefined) {
  const at = new Date();
  const session = { id: newId(at.getTime()), employeeId: actor.id, checkInAt: at.toISOString(), checkOutAt: null };
  const punchId = newId();
  return withTransaction(sql, async (tx) => {
    const [person] = await tx<{ siteId: string; zone: string }[]>`
      select p.site_id as "siteId", s.zone from people p join sites s on s.id = p.site_id
      where p.id = ${actor.id} and p.status = 'active'`;
    if (!person) throw new AppError('forbidden', 'Nobody knows you here.');
    const { siteId, zone } = person;
    const local = Temporal.Instant.from(session.checkInAt).toZonedDateTimeISO(zone);
    const date = local.toPlainDate().toString();
    const opened = await tx`
      insert into attendance_sessions (id, employee_id, site_id, check_in_punch_id, check_in_at, date, source, zone)
      values (${session.id}, ${actor.id}, ${siteId}, ${punchId}, ${at}, ${date}, ${body.source}, ${zone})
      on conflict (employee_id) where check_out_at is null do nothing`;
    if (opened.count === 0) throw new AppError('already_checked_in', 'There is an open session: check out first.');
    await tx`
      insert into punches (id, employee_id, attendance_id, site_id, occurred_at, received_at, claimed_at, local_date,
        utc_offset_minutes, type, source, zone, latitude, longitude, accuracy_m, notes, idempotency_key, request_hash)
      values (${punchId}, ${actor.id}, ${session.id}, ${siteId}, ${at}, ${at}, ${body.occurredAt ?? null}, ${date},
        ${Math.round(local.offsetNanoseconds / 60e9)}, 'IN', ${body.source}, ${zone}, ${body.latitude ?? null},
        ${body.longitude ?? null}, ${body.accuracyM ?? null}, ${body.notes ?? null}, ${key ?? null}, ${hash(body)})`;
    const facts = { ...session, siteId, date, zone, source: body.source };
    const event = newEvent('attendance.checked-in.v1', {
      ...{ version: 1, occurredAt: session.checkInAt, actor: toEventActor(actor) },
      ...{ attendanceId: session.id, employeeId: actor.id, siteId, date, zone },
      ...{ checkInAt: session.checkInAt, checkOutAt: null, source: body.source },
    });
    await insertOutbox(tx, [event]);
    return { ...facts, status: 'open', workedMinutes: null, shift: null, late: 0, lateReason: null };
  });
}
