import { describe, expect, it } from 'vitest';
import { document, type Json } from '../src/openapi/document.ts';
import { mergeDocuments, type Part } from '../src/openapi/merge-documents.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const part = (app: string, paths: Json, components: Json = {}): Part => ({
  app,
  document: document.parse({ openapi: '3.1.0', info: { title: app, version: '1' }, paths, components }),
  belongs: () => true,
});
const get = (more: Json = {}): Json => ({ get: { operationId: 'list', responses: {}, ...more } });
// biome-ignore lint/suspicious/noExplicitAny: reading a document's depths.
const merge = (...parts: Part[]): any => mergeDocuments(parts);

describe('merging', () => {
  it('shares equal schemas and renames those that collide, with every reference to them', () => {
    const same = { type: 'string' };
    const merged = merge(
      part('auth', { '/api/a': get() }, { schemas: { Same: same, User: { type: 'object' } } }),
      part(
        'employee',
        { '/api/b': get({ responses: { 200: { content: { 'application/json': { schema: ref('User') } } } } }) },
        {
          schemas: {
            Same: same,
            User: { type: 'array', items: ref('User') },
            Choice: { discriminator: { mapping: { u: '#/components/schemas/User' } } },
          },
        },
      ),
    );
    expect(Object.keys(merged.components.schemas).sort()).toEqual([
      'Choice',
      'EmployeeUser',
      'Problem',
      'Same',
      'User',
    ]);
    expect(merged.components.schemas.User).toEqual({ type: 'object' });
    expect(merged.components.schemas.EmployeeUser.items).toEqual(ref('EmployeeUser'));
    expect(merged.components.schemas.Choice.discriminator.mapping.u).toBe('#/components/schemas/EmployeeUser');
    expect(merged.paths['/api/b'].get.responses[200].content['application/json'].schema).toEqual(ref('EmployeeUser'));
  });

  it('describes each group by what its service says it owns, or by its title', () => {
    const told = part('told', {});
    told.document.info.description = 'What it owns';
    expect(merge(told, part('silent', {})).tags).toEqual([
      { name: 'told', description: 'What it owns' },
      { name: 'silent', description: 'silent' },
    ]);
  });

  it('renames what looks equal but refers to something renamed', () => {
    const list = { type: 'array', items: ref('Item') };
    const merged = merge(
      part('a', {}, { schemas: { List: list, Item: { type: 'string' } } }),
      part('b', {}, { schemas: { List: list, Item: { type: 'number' } } }),
    );
    expect(merged.components.schemas.BList.items).toEqual(ref('BItem'));
    expect(merged.components.schemas.List.items).toEqual(ref('Item'));
  });

  it('finds a free name when the renamed one is taken too', () => {
    const merged = merge(
      part('a', {}, { schemas: { Item: { type: 'string' }, BItem: { type: 'null' } } }),
      part('b', {}, { schemas: { Item: { type: 'number' } } }),
    );
    expect(merged.components.schemas.BItem2).toEqual({ type: 'number' });
  });

  it('keeps security schemes apart when they differ', () => {
    const bearer = { type: 'http', scheme: 'bearer' };
    const merged = merge(
      part('a', { '/api/a': get({ security: [{ bearer: [] }] }) }, { securitySchemes: { bearer } }),
      part('b', { '/api/b': get({ security: [{ bearer: [] }] }) }, { securitySchemes: { bearer } }),
      part('c', { '/api/c': get({ security: [{ bearer: [] }] }) }, { securitySchemes: { bearer: { type: 'apiKey' } } }),
    );
    expect(Object.keys(merged.components.securitySchemes)).toEqual(['bearer', 'CBearer']);
    expect(merged.paths['/api/b'].get.security).toEqual([{ bearer: [] }]);
    expect(merged.paths['/api/c'].get.security).toEqual([{ CBearer: [] }]);
  });

  it('tags by app and tells operations of one name apart', () => {
    const merged = merge(part('a', { '/api/a': get({ tags: ['x'] }) }), part('b', { '/api/b': get() }));
    expect(merged.paths['/api/a'].get).toMatchObject({ tags: ['a'], operationId: 'list' });
    expect(merged.paths['/api/b'].get).toMatchObject({ tags: ['b'], operationId: 'b_list' });
    expect(merged.tags.map((tag: Json) => tag.name)).toEqual(['a', 'b']);
  });

  it('documents what the gateway may answer, and leaves what a service documented', () => {
    const merged = merge(
      part('a', { '/api/a': get({ responses: { 429: { description: 'own' } } }), '/health': get() }),
    );
    const { responses } = merged.paths['/api/a'].get;
    expect(Object.keys(responses)).toEqual(['400', '403', '404', '405', '413', '429', '500', '503', '504']);
    expect(responses[429]).toEqual({ description: 'own' });
    expect(responses[413]).toEqual({ $ref: '#/components/responses/Gateway413' });
    expect(merged.components.responses.Gateway429.headers).toHaveProperty('Retry-After');
    expect(merged.paths['/health'].get.responses).toEqual({});
  });
});
