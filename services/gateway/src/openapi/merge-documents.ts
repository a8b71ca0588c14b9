import { problemSchema } from '@muster/contracts';
import { z } from 'zod';
import { type Document, httpMethods, type Json } from './document.ts';
import { addExamples } from './examples/add-examples.ts';
import { addGatewayAnswers } from './gateway-answers.ts';
import { renameCollisions } from './rename-collisions.ts';

/** One app's document; only paths that `belongs` accepts become part of the whole. */
export interface Part {
  app: string;
  document: Document;
  belongs(path: string): boolean;
}

const info = {
  title: 'Muster',
  version: '1.0.0',
  description: `Workforce operations: one public API of all services.

**To try it**: call \`POST /api/auth/login\`, copy the \`accessToken\` from its answer, press **Authorize** and paste it.

Errors are \`application/problem+json\` (RFC 9457); decide by \`code\`. A \`POST\` may carry an \`Idempotency-Key\` and be sent again. 429 and 503
say in \`Retry-After\` when to come back. Instants are RFC 3339 in UTC, ids are UUIDs.`,
};

function addOperations(merged: Document, own: Document, part: Part, ids: Set<string>): void {
  for (const [path, item] of Object.entries(own.paths)) {
    if (!part.belongs(path)) continue;
    for (const [method, operation] of Object.entries(item as Record<string, Json>)) {
      if (!httpMethods.has(method)) continue;
      operation.tags = [part.app];
      if (typeof operation.operationId === 'string') {
        if (ids.has(operation.operationId)) operation.operationId = `${part.app}_${operation.operationId}`;
        ids.add(operation.operationId as string);
      }
    }
    merged.paths[path] = { ...merged.paths[path], ...item };
  }
}

/** One OpenAPI 3.1 document of all parts: a tag per app, colliding components renamed, the gateway's own answers and examples added. */
export function mergeDocuments(parts: readonly Part[]): Document {
  const merged: Document = {
    openapi: '3.1.0',
    info,
    servers: [{ url: '/', description: 'The current version; version 1 alone is /api/v1/openapi.json' }],
    tags: [],
    paths: {},
    components: {},
  };
  const ids = new Set<string>();
  for (const part of parts) {
    const own = renameCollisions(merged, part.document, part.app);
    const { title, description = title } = part.document.info;
    (merged.tags as Json[]).push({ name: part.app, description });
    for (const [kind, named] of Object.entries(own.components)) {
      merged.components[kind] = { ...merged.components[kind], ...named };
    }
    addOperations(merged, own, part, ids);
  }
  const { $schema: _, ...problem } = z.toJSONSchema(problemSchema) as Json;
  addGatewayAnswers(merged, problem);
  addExamples(merged, { $ref: '#/components/schemas/Problem' });
  return merged;
}
