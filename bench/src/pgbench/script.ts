/** What the scripts put into every row, as the platform does. */
export interface RowValues {
  siteId: string;
  zone: string;
  /** An event as attendance stored it: the payload has its length and shape. */
  sampleEventId: string;
  sampleEvent: string;
  siteDate: string;
}

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A literal in which pgbench finds no `:variable`. */
const literal = (text: string): string =>
  `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll(':', '\\x3a')}'`;

/** The event with an id of its own, as SQL. */
const eventSql = (o: RowValues, id: string): string =>
  `(${o.sampleEvent.split(o.sampleEventId).map(literal).join(` || ${id} || `)})::json`;

const sessionColumns = 'id, employee_id, site_id, check_in_punch_id, check_in_at, date, source, zone';
const punchColumns = `id, employee_id, attendance_id, site_id, occurred_at, received_at, local_date, utc_offset_minutes,
  type, source, zone, latitude, longitude, accuracy_m, idempotency_key, request_hash`;
const outboxColumns = 'id, topic, type, subject, payload';
const conflict = 'on conflict (employee_id) where check_out_at is null do nothing';

const punchTail = ({ siteDate, zone }: RowValues): string =>
  `${quote(siteDate)}::date, 60, 'IN', 'mobile', ${quote(zone)}, 52.52, 13.405, 12, gen_random_uuid()::text, sha256('x')`;

/** One check-in as one statement that commits itself: one round trip, the least a transaction can cost. */
export const oneStatement = (o: RowValues): string => `
with input as materialized (
  select uuidv7() as session_id, uuidv7() as punch_id, uuidv7() as event_id, gen_random_uuid() as employee_id, now() as at
), opened as (
  insert into attendance_sessions (${sessionColumns})
  select session_id, employee_id, ${quote(o.siteId)}::uuid, punch_id, at, ${quote(o.siteDate)}::date, 'mobile', ${quote(o.zone)}
  from input ${conflict} returning check_in_punch_id
), accepted as (
  select input.* from input join opened on opened.check_in_punch_id = input.punch_id
), facts as (
  insert into punches (${punchColumns})
  select punch_id, employee_id, session_id, ${quote(o.siteId)}::uuid, at, at, ${punchTail(o)} from accepted
)
insert into outbox (${outboxColumns})
select event_id, 'attendance', 'attendance.checked-in.v1', session_id::text, ${eventSql(o, 'event_id::text')} from accepted;
`;

// Two random numbers make an id that all three statements know without asking the server for it.
const employee = "(lpad(to_hex(:a::bigint), 16, '0') || lpad(to_hex(:b::bigint), 16, '0'))::uuid";

/** The same rows the way most code writes them: BEGIN, three INSERTs, COMMIT. Five round trips. */
export const fiveStatements = (o: RowValues): string => `
\\set a random(0, 4611686018427387903)
\\set b random(0, 4611686018427387903)
begin;
insert into attendance_sessions (${sessionColumns})
values (uuidv7(), ${employee}, ${quote(o.siteId)}::uuid, uuidv7(), now(), ${quote(o.siteDate)}::date, 'mobile', ${quote(o.zone)})
${conflict} returning id as session_id \\gset
insert into punches (${punchColumns})
values (uuidv7(), ${employee}, :session_id::uuid, ${quote(o.siteId)}::uuid, now(), now(), ${punchTail(o)});
insert into outbox (${outboxColumns})
select id, 'attendance', 'attendance.checked-in.v1', :session_id::text, ${eventSql(o, 'id::text')} from (select uuidv7() as id) as event;
commit;
`;
