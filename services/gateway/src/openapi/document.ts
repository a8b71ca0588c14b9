import { z } from 'zod';

/** As much of an OpenAPI 3.1 document as merging touches; everything else is carried along. */
export const document = z.looseObject({
  openapi: z.string(),
  info: z.looseObject({ title: z.string(), description: z.string().optional(), version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  components: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});

export type Document = z.output<typeof document>;
export type Json = Record<string, unknown>;

export const httpMethods: ReadonlySet<string> = new Set([
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
]);

/** Calls `visit` on every object inside `value`, deepest last. */
export function walk(value: unknown, visit: (node: Json) => void): void {
  if (Array.isArray(value)) for (const entry of value) walk(entry, visit);
  else if (typeof value === 'object' && value !== null) {
    visit(value as Json);
    for (const entry of Object.values(value)) walk(entry, visit);
  }
}
