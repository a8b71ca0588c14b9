import type { ErrorCode } from '@muster/contracts';
import { problems } from '@muster/service-kit';
import { type Document, httpMethods, type Json } from './document.ts';

/** What the gateway itself may answer to any `/api/*` request, by status. */
const codes: readonly ErrorCode[][] = [
  ['invalid_path', 'invalid_input'],
  ['forbidden'],
  ['not_found'],
  ['method_not_allowed'],
  ['body_too_large'],
  ['rate_limited'],
  ['internal'],
  ['unavailable', 'overloaded'],
  ['timeout'],
];

const number = (description: string): Json => ({ description, schema: { type: 'integer' } });
const limits: Json = {
  'Retry-After': number('Seconds to wait'),
  'RateLimit-Limit': number('Requests a minute'),
  'RateLimit-Remaining': number('Requests left in this minute'),
  'RateLimit-Reset': number('Seconds until the allowance is full again'),
};

/** Responses by status, with the problem schema by reference. */
function answers(schema: Json): Record<string, Json> {
  return Object.fromEntries(
    codes.map((group) => {
      const [status = '500', answer] = Object.entries(problems(...group))[0] ?? [];
      const headers =
        status === '429' ? limits : status === '503' ? { 'Retry-After': limits['Retry-After'] } : undefined;
      const content = { 'application/problem+json': { schema } };
      return [status, { description: answer?.description ?? '', ...(headers && { headers }), content }];
    }),
  );
}

/** Adds to every operation what the gateway may answer in a service's place, so that no answer is undocumented. */
export function addGatewayAnswers(merged: Document, problemSchema: Json): void {
  const responses = merged.components.responses ?? {};
  merged.components.schemas = { ...merged.components.schemas, Problem: problemSchema };
  for (const [status, answer] of Object.entries(answers({ $ref: '#/components/schemas/Problem' }))) {
    responses[`Gateway${status}`] = answer;
  }
  merged.components.responses = responses;
  for (const [path, item] of Object.entries(merged.paths)) {
    if (!path.startsWith('/api/')) continue;
    for (const [method, operation] of Object.entries(item as Record<string, Json>)) {
      if (!httpMethods.has(method)) continue;
      const own = (operation.responses ?? {}) as Json;
      for (const name of Object.keys(responses).filter((name) => name.startsWith('Gateway'))) {
        own[name.slice('Gateway'.length)] ??= { $ref: `#/components/responses/${name}` };
      }
      operation.responses = own;
    }
  }
}
