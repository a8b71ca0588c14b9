import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { document, type Json } from '../src/openapi/document.ts';
import { exampleOf } from '../src/openapi/examples/example-of.ts';
import { mergeDocuments } from '../src/openapi/merge-documents.ts';

const base = { openapi: '3.1.0', info: { title: 'x', version: '1' } };
const content = (schema: Json, more: Json = {}) => ({ content: { 'application/json': { schema, ...more } } });
// biome-ignore lint/suspicious/noExplicitAny: reading a document's depths.
function merged(operation: Json, components: Json = {}): any {
  const own = document.parse({ ...base, paths: { '/api/sites/{id}': { post: operation } }, components });
  return mergeDocuments([{ app: 'employee', document: own, belongs: () => true }]);
}
const place = (components: Json = {}) => ({
  document: document.parse({ ...base, components }),
  resource: 'sites',
  isBody: false,
});

describe('an example', () => {
  it.each<[string, Json]>([
    [
      'words of ours',
      { type: 'object', properties: { name: { type: 'string' }, zone: { type: 'string' } }, required: ['name'] },
    ],
    [
      'only what fits',
      { type: 'object', properties: { name: { type: 'string', maxLength: 3 }, late: { type: 'integer', minimum: 5 } } },
    ],
    [
      'a choice',
      { type: 'object', properties: { role: { enum: ['kiosk'] }, kind: { type: 'string', enum: ['a', 'b'] } } },
    ],
    [
      'null where there may be one',
      { type: 'object', properties: { managerId: { type: ['string', 'null'] }, notes: { type: ['string', 'null'] } } },
    ],
    [
      'lists and maps',
      {
        type: 'object',
        properties: {
          all: { type: 'array', items: { type: 'number', minimum: 2 } },
          map: { type: 'object', additionalProperties: { type: 'boolean' } },
        },
      },
    ],
    ['the first way', { oneOf: [{ type: 'null' }, { type: 'object', properties: { ok: { const: false } } }] }],
    [
      'several in one',
      {
        allOf: [
          { type: 'object', properties: { a: { type: 'string', minLength: 9 } } },
          { type: 'object', properties: { b: { type: 'boolean' } } },
        ],
      },
    ],
  ])('has %s, and is one the schema takes', (_, schema) => {
    const value = exampleOf(schema, place());
    expect(new Ajv2020({ strict: false }).validate(schema, value), JSON.stringify(value)).toBe(true);
  });

  it('follows references, and ends where they go round', () => {
    const schemas = {
      Node: { type: 'object', properties: { name: { type: 'string' }, next: { $ref: '#/components/schemas/Node' } } },
    };
    expect(exampleOf({ $ref: '#/components/schemas/Node' }, place({ schemas }))).toMatchObject({
      name: 'Ljubljana warehouse',
      next: { next: {} },
    });
  });

  it('is the schema’s own where it has one', () => {
    expect(exampleOf({ type: 'string', example: 'mine' }, place())).toBe('mine');
    expect(exampleOf({ type: 'string', examples: ['first', 'second'] }, place())).toBe('first');
  });
});

describe('the merged document', () => {
  const body = { type: 'object', properties: { email: { type: 'string' }, username: { type: 'string' } } };
  it('has one for each body and answer, and keeps what a service gave', () => {
    const answers = { 200: content(body), 201: content(body, { example: { given: true } }) };
    const { post } = merged({ requestBody: content(body), responses: answers }).paths['/api/sites/{id}'];
    expect(post.requestBody.content['application/json'].example).toEqual({ email: 'ana.novak@example.com' });
    expect(Object.keys(post.responses[200].content['application/json'].example)).toEqual(['email', 'username']);
    expect(post.responses[201].content['application/json'].example).toEqual({ given: true });
  });

  it('has one schema for every problem, and an example for each code', () => {
    const problems = { 404: { description: 'not_found', content: { 'application/problem+json': { schema: body } } } };
    const document = merged({ responses: problems });
    const { responses } = document.paths['/api/sites/{id}'].post;
    expect(responses[404].content['application/problem+json']).toEqual({
      schema: { $ref: '#/components/schemas/Problem' },
      examples: { not_found: { $ref: '#/components/examples/problem_not_found' } },
    });
    expect(document.components.responses.Gateway503.content['application/problem+json'].examples).toHaveProperty(
      'unavailable',
    );
    const { Problem } = document.components.schemas;
    for (const { value } of Object.values(document.components.examples) as { value: Json }[]) {
      expect(new Ajv2020({ strict: false }).validate(Problem, value), JSON.stringify(value)).toBe(true);
    }
  });
});
