// What a client may not set it cannot slip in: every operation of the merged document refuses what its body does not name.
import { beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../src/access/ask.ts';
import { assemble, type Cast, createMember } from '../src/access/cast.ts';
import { jsonBodyOf, readDocument, type Schema, takesFile } from '../src/access/document.ts';
import type { Operation } from '../src/access/operation.ts';
import { operations } from '../src/access/operations.ts';
import { thingOf } from '../src/access/things.ts';

/** One that nobody knows, and those that would matter if a verb spread its input. */
const forbidden = [
  ...['surprise', 'id', 'role', 'userId', 'employeeId', 'actor', 'actorId', 'ownerId', 'managerId', 'siteId', 'sub'],
  ...['version', 'tokenVersion', 'active', 'disabled', 'isDeleted', 'isAdmin', 'invited', 'status', 'state', 'scopes'],
  ...[
    'createdAt',
    'updatedAt',
    'deletedAt',
    'passwordHash',
    'emailVerified',
    'permissions',
    'constructor',
    '__proto__',
  ],
];

let cast: Cast;
let document: Awaited<ReturnType<typeof readDocument>>;
beforeAll(async () => {
  [cast, document] = await Promise.all([assemble(), readDocument()]);
});

const writes = Object.keys(operations).filter((key) => !key.startsWith('GET '));

async function send(key: string, add?: Record<string, unknown>) {
  const operation = operations[key] as Operation;
  const { employee } = cast.members;
  const caller = operation.endsCaller ? await createMember('employee') : employee;
  const subject = operation.about ? await thingOf(operation.about, caller, { spoil: true, isOwn: true }) : '';
  return ask(key, operation, document, { cast, caller, subject }, add);
}

describe('a body with more fields than it may have', () => {
  it.each(writes)('%s', async (key) => {
    const described = document.operations.get(key);
    if (takesFile(described)) return expect(jsonBodyOf(described)).toBeUndefined();
    const schema = jsonBodyOf(described);
    // Only a body that is accepted as it stands shows that the surplus is what was refused.
    if (schema && !operations[key]?.isMadeUp) expect((await send(key)).status, 'the body as it stands').not.toBe(400);

    const named = new Set(schema && fieldsOf(schema));
    const surplus = forbidden.filter((field) => !named.has(field));
    const refused = await send(key, Object.fromEntries(surplus.map((field) => [field, 'x'])));
    const { code, errors = [] } = refused.body as { code: string; errors?: { field: string }[] };
    expect([refused.status, code]).toEqual([400, 'invalid_input']);
    expect(errors.map(({ field }) => field).sort()).toEqual(surplus.toSorted());
  });

  it('is refused at every depth: no object of a request takes fields that it does not name', () => {
    const open = writes.flatMap((key) => {
      const schema = jsonBodyOf(document.operations.get(key));
      return schema ? openObjects(schema, '').map((at) => `${key} ${at}`) : [];
    });
    // Browsers add fields to what an authenticator said; WebAuthn's own rules decide what is read of it.
    expect(open.filter((at) => !/^POST \/api\/auth\/passkeys\/\w+\/verify \.response/.test(at))).toEqual([]);
  });
});

const parts = (schema: Schema): Schema[] => [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];

/** The names of the fields that a body may have, in any of its forms. */
function fieldsOf(given: Schema): string[] {
  const schema = document.resolve(given);
  return [...Object.keys(schema.properties ?? {}), ...parts(schema).flatMap(fieldsOf)];
}

/** Paths of the objects in a schema that would take anything. */
function openObjects(given: Schema, at: string): string[] {
  const schema = document.resolve(given);
  const isOpen = schema.properties !== undefined && schema.additionalProperties !== false;
  return [
    ...(isOpen ? [at || '(the body)'] : []),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) => openObjects(field, `${at}.${name}`)),
    ...(schema.items ? openObjects(schema.items, `${at}[]`) : []),
    ...parts(schema).flatMap((part) => openObjects(part, at)),
  ];
}
