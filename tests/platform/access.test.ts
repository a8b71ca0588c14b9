// Every operation of the merged document, asked by nobody, every role, a machine client and an API key, for what is one's own, a report's and a
// stranger's. What must come follows from the permission table and one line an operation in tests/src/access/operations.ts.
import type { Role } from '@muster/contracts';
import { scopeOf } from '@muster/identity';
import { beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../src/access/ask.ts';
import { casesOf } from '../src/access/cases.ts';
import { assemble, type Cast, createMember, type Member } from '../src/access/cast.ts';
import { readDocument } from '../src/access/document.ts';
import { expected, takesIn, verdictOf } from '../src/access/expected.ts';
import type { Operation } from '../src/access/operation.ts';
import { operations } from '../src/access/operations.ts';
import { thingOf } from '../src/access/things.ts';

let cast: Cast;
let document: Awaited<ReturnType<typeof readDocument>>;
beforeAll(async () => {
  [cast, document] = await Promise.all([assemble(), readDocument()]);
});

/** What somebody was told: no private field of a person out of their reach may be in it. */
const told: { key: string; who: string; caller: Member; text: string }[] = [];

// Reading comes first: what is deleted cannot be read, and whoever was signed out can do nothing more.
const order = ['GET', 'PUT', 'PATCH', 'POST', 'DELETE'];
const rank = (key: string): number => (operations[key]?.endsCaller ? 9 : order.indexOf(key.split(' ')[0] ?? ''));
const keys = Object.keys(operations).toSorted((a, b) => rank(a) - rank(b));

const where = 'tests/src/access/operations.ts';

describe('who may do what', () => {
  it(`every operation of the document has a line in ${where}`, () => {
    const missing = [...document.operations.keys()].filter((key) => !Object.hasOwn(operations, key));
    expect(missing, `add to ${where}: what each of these needs (see its head)`).toEqual([]);
  });

  it(`every line of ${where} has an operation`, () => {
    const surplus = keys.filter((key) => !document.operations.has(key));
    expect(surplus, `take out of ${where}: no service answers to these`).toEqual([]);
  });

  it.each(keys)('%s', async (key) => {
    const operation = operations[key] as Operation;
    const isRead = key.startsWith('GET ');
    const cases = casesOf(operation, cast, isRead);
    const answers = await Promise.all(
      cases.map(async ({ who, caller: usual, target, owner }) => {
        const want = expected(operation, cast, usual, owner);
        const spoil = !isRead && want === 'allowed';
        const { about } = operation;
        const subject = about
          ? await thingOf(about, owner ?? cast.members.stranger, { spoil, isOwn: owner === usual })
          : '';
        const ends = operation.endsCaller && want === 'allowed';
        const caller = usual && ends ? await createMember(usual.role as Role) : usual;
        const answer = await ask(key, operation, document, { cast, caller, subject });
        const got = verdictOf(operation, answer);
        const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
        if (caller) told.push({ key, who, caller, text });
        return { line: `${who} → ${target}`, want, got, detail: `${answer.status} ${text}` };
      }),
    );
    const wrong = answers.filter(({ want, got }) => want !== got);
    expect(wrong.map(({ detail, ...rest }) => ({ ...rest, detail: detail.slice(0, 300) }))).toEqual([]);
  });

  it('no answer carried a private field of a person whom its reader may not read', () => {
    expect(told.length).toBeGreaterThan(100);
    const leaks = told.flatMap(({ key, who, caller, text }) =>
      Object.values(cast.members)
        .filter((owner) => owner !== caller && !takesIn(scopeOf(caller, 'employees.read-private'), caller, owner, cast))
        .filter(({ secrets }) => secrets.some((secret) => text.includes(secret)))
        .map((owner) => `${key}: ${who} read of ${owner.role}`),
    );
    expect(leaks).toEqual([]);
  });
});
