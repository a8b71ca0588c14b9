import { concerns, didIt, type EventEnvelope, nameless, withoutSubject } from '@muster/contracts';

type Row = Record<string, unknown>;

/** An audit entry as the person it belongs to is told of it: what it says of others is theirs. */
export function tellAuditEntry(row: Row, personId: string): Row {
  const { payload, ...columns } = row;
  if (typeof payload !== 'string') return { ...columns, data: null };
  const event = JSON.parse(payload) as EventEnvelope;
  const { actor, ...rest } = event.data;
  const data = concerns(event, personId) ? rest : withoutSubject(rest);
  return { ...columns, data: { ...data, actor: didIt(event, personId) ? actor : nameless(actor) } };
}

/** A notification as its recipient's archive tells of it. One about somebody else says only that there was one. */
export function tellNotification(row: Row, personId: string): Row {
  const { data, title, ...columns } = row;
  const { actor, ...told } = (data ?? {}) as Row;
  const about = [told.userId, told.employeeId].includes(personId);
  return about ? { ...columns, title, data: { ...told, actor: nameless(actor) } } : columns;
}
