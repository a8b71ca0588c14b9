import { v7 as uuid } from 'uuid';
import type { Schema } from './document.ts';

type Resolve = (schema: Schema) => Schema;

const formats: Record<string, () => string> = {
  uuid,
  email: () => `${uuid()}@access.muster.example`,
  date: () => '2031-01-01',
  'date-time': () => '2031-01-01T00:00:00Z',
  uri: () => 'https://example.org/',
};

/** The least value that a schema accepts, as far as a schema can say: what it refines beyond that is for the table to give. */
export function sample(given: Schema, resolve: Resolve): unknown {
  const schema = resolve(given);
  const shown = schema.const ?? schema.default ?? schema.example ?? schema.examples?.[0] ?? schema.enum?.[0];
  if (shown !== undefined) return shown;
  const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (choice) return sample(choice, resolve);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => sample(part, resolve)));
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'string':
      return formats[schema.format ?? '']?.() ?? 'x'.repeat(Math.max(1, schema.minLength ?? 1));
    case 'integer':
    case 'number':
      return schema.minimum ?? 0;
    case 'boolean':
      return true;
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}, resolve));
    default:
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, sample(schema.properties?.[name] ?? {}, resolve)]),
      );
  }
}
