import type { Document, Json } from '../document.ts';
import { leftOut, mapKey, words } from './words.ts';

/** Where an example is for. */
export interface Place {
  document: Document;
  /** First part of the path after `/api/`: `sites`. */
  resource: string;
  /** Bodies leave out what goes without; answers have everything. */
  isBody: boolean;
}

const formats: Readonly<Record<string, string>> = {
  uuid: '019c1f2e-7a10-7c3e-9d41-5b6a7c8d9e0f',
  'date-time': '2026-03-02T07:58:12Z',
  date: '2026-03-02',
  email: 'ana.novak@example.com',
  uri: 'https://app.example/x',
  ip: '203.0.113.7',
  ipv4: '203.0.113.7',
  ipv6: '2001:db8::7',
};
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const deepest = 8;

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;

/** Whether a word is one that this schema would take. */
function fits(value: unknown, schema: Json): boolean {
  const types = [schema.type].flat();
  const kind = kindOf(value);
  if (!types.includes(kind) && !(kind === 'integer' && types.includes('number'))) return false;
  if (Array.isArray(schema.enum)) return schema.enum.includes(value);
  if (typeof value === 'string') {
    const {
      minLength = 0,
      maxLength = Number.POSITIVE_INFINITY,
      pattern = '',
      format,
    } = schema as Record<string, never>;
    if (format === 'uuid' && !uuid.test(value)) return false;
    return value.length >= minLength && value.length <= maxLength && new RegExp(pattern, 'u').test(value);
  }
  if (typeof value !== 'number') return true;
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema as Record<string, never>;
  return value >= minimum && value <= maximum;
}

const wordOf = (minLength: number, maxLength: number): string => 'text'.padEnd(minLength, 'x').slice(0, maxLength);

function plain(type: unknown, schema: Json): unknown {
  switch (type) {
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return Math.max(1, Number(schema.minimum ?? 1));
    case 'string':
      return (
        formats[String(schema.format)] ??
        wordOf(Number(schema.minLength ?? 0), Number(schema.maxLength ?? Number.POSITIVE_INFINITY))
      );
    default:
      return null;
  }
}

function objectOf(schema: Json, place: Place, depth: number): Json {
  const required = new Set((schema.required ?? []) as string[]);
  const fields = Object.entries((schema.properties ?? {}) as Record<string, Json>).filter(
    ([name]) => !place.isBody || required.has(name) || !leftOut.has(name),
  );
  const own = Object.fromEntries(fields.map(([name, field]) => [name, exampleOf(field, place, name, depth + 1)]));
  const rest = schema.additionalProperties;
  if (fields.length > 0 || typeof rest !== 'object' || rest === null || Object.keys(rest).length === 0) return own;
  return { [mapKey]: exampleOf(rest as Json, place, mapKey, depth + 1) };
}

/** A value that `schema` takes and that reads like one of ours; what the schema itself says goes first. */
export function exampleOf(schema: Json, place: Place, name = '', depth = 0): unknown {
  if (depth > deepest) return null;
  if (typeof schema.$ref === 'string') {
    const [, , kind = '', target = ''] = schema.$ref.split('/');
    return exampleOf((place.document.components[kind]?.[target] ?? {}) as Json, place, name, depth + 1);
  }
  if (schema.example !== undefined) return schema.example;
  if (Array.isArray(schema.examples) && schema.examples.length > 0) return schema.examples[0];
  if ('const' in schema) return schema.const;
  const word = [`${place.resource}.${name}`, name].find((key) => Object.hasOwn(words, key) && fits(words[key], schema));
  if (word !== undefined) return words[word];
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const choice = (schema.oneOf ?? schema.anyOf) as Json[] | undefined;
  if (choice) return exampleOf(choice.find(({ type }) => type !== 'null') ?? {}, place, name, depth + 1);
  if (Array.isArray(schema.allOf)) {
    return Object.assign({}, ...schema.allOf.map((part: Json) => exampleOf(part, place, name, depth + 1)));
  }
  const type = [schema.type].flat().find((one) => one !== 'null') ?? (schema.properties ? 'object' : undefined);
  if (type === 'object') return objectOf(schema, place, depth);
  if (type === 'array') return schema.items ? [exampleOf(schema.items as Json, place, name, depth + 1)] : [];
  return plain(type, schema);
}
