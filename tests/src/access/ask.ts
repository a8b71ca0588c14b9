import type { Answer } from '@muster/demo';
import { world } from '../world.ts';
import { jsonBodyOf, type readDocument } from './document.ts';
import { type Asked, type Operation, said } from './operation.ts';
import { sample } from './sample.ts';

type Document = Awaited<ReturnType<typeof readDocument>>;

/** The body an operation accepts: the table's own, else the least its schema allows; undefined where it takes none. */
export function bodyOf(key: string, o: Operation, document: Document, asked: Asked): unknown {
  if (o.file) return o.file.bytes;
  const schema = jsonBodyOf(document.operations.get(key));
  return said(o.body, asked) ?? (schema && sample(schema, document.resolve));
}

/** Sends an operation's request. `add`: fields that its body does not have. */
export async function ask(
  key: string,
  o: Operation,
  document: Document,
  asked: Asked,
  add: Record<string, unknown> = {},
): Promise<Answer> {
  const { api } = await world();
  const [method = '', template = ''] = key.split(' ');
  const query = new URLSearchParams(said(o.query, asked));
  const path =
    template
      .replaceAll('{date}', '2026-03-02')
      .replaceAll('{month}', '2019-12')
      .replaceAll(/\{[^}]+\}/g, asked.subject) + (query.size > 0 ? `?${query}` : '');
  const body = bodyOf(key, o, document, asked);
  const hasFields = Object.keys(add).length > 0;
  return api.call(method, path, {
    ...(asked.caller && { token: asked.caller.token }),
    ...(body !== undefined || hasFields ? { body: hasFields ? { ...(body as object), ...add } : body } : {}),
    ...(o.file && { headers: { 'content-type': o.file.type } }),
    patience: 10,
  });
}
