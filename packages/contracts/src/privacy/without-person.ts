import type { EventEnvelope } from '../events/index.ts';

/** What stands where a name, an address or a note stood before an erasure. */
export const erasedText = 'erased';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const pointInTime = /^\d{4}-\d{2}-\d{2}(T[0-9:.]+(Z|[+-]\d{2}:\d{2}))?$/;
// Words of ours, never of a person. What a producer adds later is erased until it is named here.
const ourWords = new Set(['role', 'status', 'state', 'source', 'zone', 'type', 'kind', 'method', 'purpose', 'reason']);
const places = /latitude|longitude|accuracy/i;
const snapshots = new Set(['before', 'after']);

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const same = (one: unknown, other: string): boolean => typeof one === 'string' && one.toLowerCase() === other;

/** Whether the event is about this person: their record, their login, their attendance. */
export function concerns(event: Pick<EventEnvelope, 'subject' | 'data'>, personId: string): boolean {
  const id = personId.toLowerCase();
  const { data } = event;
  return [event.subject, data.employeeId, data.userId, data.personId].some((value) => same(value, id));
}

/** Whether this person did it. */
export const didIt = (event: Pick<EventEnvelope, 'data'>, personId: string): boolean =>
  same((event.data.actor as Fields | undefined)?.id, personId.toLowerCase());

/**
 * A copy of an event in which nothing tells who `personId` is: ids, times, roles and numbers stay, so it says what happened
 * and still fits its schema; names, addresses, notes and places go. What it says of others stays.
 */
export function withoutPerson(event: EventEnvelope, personId: string): EventEnvelope {
  const about = concerns(event, personId);
  const by = didIt(event, personId);
  if (!about && !by) return event;
  const { actor, ...rest } = event.data;
  const data = about ? withoutSubject(rest) : rest;
  const hidden = by ? nameless(actor) : about ? placeless(actor) : actor;
  return { ...event, data: actor === undefined ? data : { ...data, actor: hidden } };
}

/** An event's data without what it says of the person or thing it is about, for somebody who merely did it. */
export const withoutSubject = (data: Fields): Fields => strip(data, false) as Fields;

/** An actor's id and role. */
export const nameless = (actor: unknown): unknown =>
  isFields(actor) ? { id: actor.id, name: erasedText, role: actor.role } : actor;

/** The platform itself acts for whoever is not known yet, from that person's address. */
const placeless = (actor: unknown): unknown =>
  isFields(actor) && actor.role === 'system' ? { id: actor.id, name: actor.name, role: actor.role } : actor;

function strip(value: Fields, inSnapshot: boolean): Fields {
  const kept = Object.entries(value).flatMap(([name, inner]): [string, unknown][] =>
    places.test(name) ? [] : [[name, stripOne(name, inner, inSnapshot || snapshots.has(name))]],
  );
  return Object.fromEntries(kept);
}

function stripOne(name: string, value: unknown, inSnapshot: boolean): unknown {
  // Names of fields, not their contents.
  if (name === 'changedFields') return value;
  if (Array.isArray(value)) return value.map((inner) => stripOne(name, inner, inSnapshot));
  if (isFields(value)) return strip(value, inSnapshot);
  if (typeof value !== 'string' || uuid.test(value) || ourWords.has(name)) return value;
  // A snapshot's dates are the person's own (hired on), the others are of what happened.
  return !inSnapshot && pointInTime.test(value) ? value : erasedText;
}
