import type { AuditVerification } from '@muster/contracts/http/events';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { ChainCheck, endBroken } from '../domain/chain-check.ts';
import { listChainRows, listCheckpoints, readChainEnd } from '../sql/audit-chain.ts';

/** Small enough that hashing one batch holds up nobody. */
const batch = 500;
const running = new WeakMap<Deps, Promise<AuditVerification>>();

/**
 * Recomputes the audit log from its first entry to the head, in batches, and compares it with every signed head. Those who
 * ask while it runs share the answer: it reads the whole table.
 */
export function verifyAudit(deps: Deps, actor: Actor): Promise<AuditVerification> {
  authorise(actor, 'audit.read');
  const shared = running.get(deps) ?? verify(deps).finally(() => running.delete(deps));
  running.set(deps, shared);
  return shared;
}

async function verify({ sql, signer }: Deps): Promise<AuditVerification> {
  // Entries that come while we read lie behind this end and are left for the next time.
  const end = await readChainEnd(sql);
  const check = new ChainCheck(signer);
  while (check.seq < end.seq) {
    const rows = await listChainRows(sql, check.seq, Math.min(batch, end.seq - check.seq));
    const last = rows.at(-1);
    if (last === undefined) break;
    const kept = await listCheckpoints(sql, check.seq, Math.min(last.seq, end.seq));
    const broken = check.next(
      rows.filter((row) => row.seq <= end.seq),
      kept,
    );
    if (broken !== undefined) return { ok: false, firstBroken: broken };
  }
  const broken = endBroken(end, check, signer);
  if (broken !== undefined) return { ok: false, firstBroken: broken };
  const { seq, hash, signedAt, keyId, signature } = end;
  const head = {
    seq,
    hash: hash.toString('hex'),
    signedAt,
    keyId,
    signature: signature?.toString('base64') ?? null,
  };
  return { ok: true, entries: seq, erased: check.erased, head };
}
