import { createHash, generateKeyPairSync } from 'node:crypto';
import { type TestDatabase, testDatabase } from '@muster/testing';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Deps } from '../src/deps.ts';
import { entryHash } from '../src/domain/chain.ts';
import { createHeadSigner } from '../src/domain/signed-head.ts';
import { recordEvents } from '../src/verbs/record-events.ts';
import { verifyAudit } from '../src/verbs/verify-audit.ts';
import { checkedIn } from './support/events.ts';
import { migrations, signingKey, testDeps } from './support/service.ts';

let database: TestDatabase;
let deps: Deps;
const admin = { id: v7(), role: 'admin' as const, name: 'Root', email: 'r@muster.local', sessionId: v7() };
const verify = () => verifyAudit(deps, admin);

/** Somebody with the database in their hands: no trigger stops them, only the chain tells. */
const tamper = (statement: string) =>
  database.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx.unsafe(statement);
  });

beforeEach(async () => {
  database = await testDatabase({ folder: migrations });
  deps = testDeps(database.sql);
  // Two flights: the first leaves a checkpoint at 5, the head is at 10.
  await recordEvents(
    deps,
    Array.from({ length: 5 }, () => checkedIn()),
  );
  await recordEvents(
    deps,
    Array.from({ length: 5 }, () => checkedIn()),
  );
});
afterEach(() => database.drop());

test('an untouched log verifies to its signed head; an empty one too', async () => {
  expect(await verify()).toMatchObject({
    ok: true,
    entries: 10,
    erased: 0,
    head: { seq: 10, keyId: deps.signer.keyId },
  });
  const empty = await testDatabase({ folder: migrations });
  const verdict = await verifyAudit(testDeps(empty.sql), admin);
  expect(verdict).toMatchObject({ ok: true, entries: 0, head: { seq: 0, signature: null } });
  await empty.drop();
});

test('each hash is H(prev, seq, H(salt, payload)) over the bytes as stored', async () => {
  const rows = await database.sql`select seq, payload, salt, hash from audit_entries order by seq`;
  let previous = Buffer.alloc(32);
  for (const row of rows) {
    const leaf = createHash('sha256').update(row.salt).update(row.payload).digest();
    const seq = Buffer.alloc(8);
    seq.writeBigUInt64BE(BigInt(row.seq));
    previous = createHash('sha256')
      .update(Buffer.concat([previous, seq, leaf]))
      .digest();
    expect(row.hash.equals(previous)).toBe(true);
  }
});

describe('the database itself refuses', () => {
  test.each([
    "update audit_entries set payload = 'x' where seq = 3",
    'update audit_entries set user_id = null where seq = 3',
    'update audit_entries set payload = null where seq = 3',
    'update audit_entries set payload = null, salt = null, seq = 30 where seq = 3',
    'delete from audit_entries where seq = 3',
    'truncate audit_entries',
    'delete from audit_checkpoints',
    'update audit_checkpoints set seq = 1',
    'delete from audit_head',
  ])('%s', async (statement) => {
    await expect(database.sql.unsafe(statement)).rejects.toThrow(/append-only|check constraint/);
    expect(await verify()).toMatchObject({ ok: true });
  });

  test('but lets payload and salt be erased, and the chain stays valid', async () => {
    await database.sql`update audit_entries set payload = null, salt = null where seq in (3, 10)`;
    expect(await verify()).toMatchObject({ ok: true, entries: 10, erased: 2 });
    await recordEvents(deps, [checkedIn()]);
    expect(await verify()).toMatchObject({ ok: true, entries: 11, erased: 2 });
  });
});

describe('verification finds', () => {
  const swap = (columns: string) =>
    `update audit_entries a set ${columns
      .split(' ')
      .map((column) => `${column} = b.${column}`)
      .join(', ')} from audit_entries b where (a.seq, b.seq) in ((3, 4), (4, 3))`;
  const cut = 'delete from audit_entries where seq > 7;';
  const copyHead = (seq: number) =>
    `update audit_head h set seq = e.seq, hash = e.hash from audit_entries e where e.seq = ${seq};`;

  test.each([
    [
      'a changed payload',
      `update audit_entries set payload = replace(payload, 'Ada', 'Eve') where seq = 3`,
      3,
      'payload_changed',
    ],
    ['a changed salt', `update audit_entries set salt = '\\x00' where seq = 3`, 3, 'payload_changed'],
    ['a changed link', `update audit_entries set hash = leaf where seq = 3`, 3, 'chain_broken'],
    [
      'a searchable column that lies',
      `update audit_entries set event_type = 'x.y' where seq = 3`,
      3,
      'columns_changed',
    ],
    [
      'a moved time',
      `update audit_entries set occurred_at = occurred_at - interval '1 h' where seq = 3`,
      3,
      'columns_changed',
    ],
    [
      'a moved time of recording',
      `update audit_entries set recorded_at = recorded_at - interval '1 h' where seq = 3`,
      3,
      'columns_changed',
    ],
    ['swapped contents', swap('payload salt event_type occurred_at user_id entity_id person_id'), 3, 'payload_changed'],
    ['swapped entries with their leaves', swap('payload salt leaf hash'), 3, 'chain_broken'],
    ['a deleted entry', 'delete from audit_entries where seq = 3', 3, 'missing'],
    ['a deleted first entry', 'delete from audit_entries where seq = 1', 1, 'missing'],
    ['a cut tail', cut, 8, 'truncated'],
    ['a cut tail with the head row moved', cut + copyHead(7), 7, 'signature_invalid'],
    ['a log cut before its last checkpoint', `delete from audit_entries where seq > 4;${copyHead(4)}`, 5, 'truncated'],
    [
      'an emptied log',
      `truncate audit_entries; update audit_head set seq = 0, hash = decode(repeat('00', 32), 'hex')`,
      1,
      'truncated',
    ],
    [
      'an entry slipped in after the head',
      `insert into audit_entries select 11, gen_random_uuid(), event_type, occurred_at,
      recorded_at, user_id, entity_type, entity_id, person_id, leaf, hash, payload, salt from audit_entries where seq = 10`,
      11,
      'surplus',
    ],
    ['a forged signature', `update audit_head set signed_at = signed_at + interval '1 s'`, 10, 'signature_invalid'],
    ['a forged checkpoint', `update audit_checkpoints set signature = '\\x00'`, 5, 'signature_invalid'],
  ])('%s', async (_what, statement, seq, reason) => {
    await tamper(statement);
    expect(await verify()).toMatchObject({ ok: false, firstBroken: { seq, reason } });
  });

  test('a log rewritten from one entry on, every hash recomputed', async () => {
    const rows = await database.sql<{ seq: number; leaf: Buffer; hash: Buffer }[]>`
      select seq, leaf, hash from audit_entries order by seq
    `;
    let previous = rows[0]?.hash ?? Buffer.alloc(0);
    const statements = rows.slice(1).map((row, index) => {
      const leaf = index === 0 ? createHash('sha256').update('xforged').digest() : row.leaf;
      previous = entryHash(previous, row.seq, leaf);
      const erase = index === 0 ? ', payload = null, salt = null' : '';
      const [leafHex, hashHex] = [leaf.toString('hex'), previous.toString('hex')];
      return `update audit_entries set leaf = '\\x${leafHex}', hash = '\\x${hashHex}'${erase} where seq = ${row.seq};`;
    });
    await tamper(statements.join('\n') + copyHead(10));
    expect(await verify()).toMatchObject({ ok: false, firstBroken: { seq: 5, reason: 'head_mismatch' } });
  });

  test('heads signed by a stranger, while those of a retired key still count', async () => {
    const next = generateKeyPairSync('ed25519');
    deps = testDeps(database.sql, { signer: createHeadSigner(next.privateKey) });
    expect(await verify()).toMatchObject({ ok: false, firstBroken: { seq: 5, reason: 'signature_invalid' } });
    deps = testDeps(database.sql, {
      signer: createHeadSigner(next.privateKey, [createHeadSigner(signingKey).publicKey]),
    });
    await recordEvents(deps, [checkedIn()]);
    expect(await verify()).toMatchObject({ ok: true, entries: 11 });
  });
});

test('it verifies while events go on arriving, across several batches', async () => {
  await recordEvents(
    deps,
    Array.from({ length: 2500 }, () => checkedIn()),
  );
  const [verdict] = await Promise.all([verify(), recordEvents(deps, [checkedIn()]), recordEvents(deps, [checkedIn()])]);
  expect(verdict.ok).toBe(true);
});
