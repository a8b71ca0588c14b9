import type { EventHandler, EventTable, TopicTable } from './types.ts';

/** The handler for a type on a topic, else the one for `'*'`, else none. */
export function handlerFor(table: EventTable, topic: string, type: string): EventHandler | undefined {
  const handlers = Object.hasOwn(table, topic) ? table[topic] : undefined;
  if (!handlers) return undefined;
  const own = Object.hasOwn(handlers, type) ? handlers[type as keyof TopicTable] : undefined;
  return (own ?? handlers['*']) as EventHandler | undefined;
}
