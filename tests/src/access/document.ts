import { expectStatus } from '@muster/demo';
import { world } from '../world.ts';

export interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  example?: unknown;
  examples?: unknown[];
  format?: string;
  minLength?: number;
  minimum?: number;
  minItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

interface Described {
  requestBody?: { content?: Record<string, { schema?: Schema }> };
}

interface Document {
  paths: Record<string, Record<string, Described>>;
  components?: { schemas?: Record<string, Schema> };
}

const methods = ['get', 'put', 'patch', 'post', 'delete'];

/** Every operation of the merged document by `METHOD /path`, and how to follow its references. */
export async function readDocument(): Promise<{ operations: Map<string, Described>; resolve(schema: Schema): Schema }> {
  const { api } = await world();
  const document = expectStatus(await api.call<Document>('GET', '/openapi.json', { patience: 20 }), 200);
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const described = item[method];
      return described ? [[`${method.toUpperCase()} ${path}`, described] as const] : [];
    }),
  );
  return {
    operations: new Map(operations),
    resolve(schema) {
      const name = schema.$ref?.split('/').at(-1);
      return name === undefined ? schema : (document.components?.schemas?.[name] ?? schema);
    },
  };
}

/** The schema of an operation's JSON body, if it takes one. */
export const jsonBodyOf = (described: Described | undefined): Schema | undefined =>
  described?.requestBody?.content?.['application/json']?.schema;

export const takesFile = (described: Described | undefined): boolean =>
  described?.requestBody?.content !== undefined && jsonBodyOf(described) === undefined;
