import type { CursorPage } from '@muster/contracts';
import type { Correction, CorrectionsQuery } from '@muster/contracts/http/attendance-corrections';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeRequest } from '../../domain/corrections/request.ts';
import { listRequests } from '../../sql/corrections/requests.ts';
import { targetsOf } from './targets-of.ts';
import { whoseRows } from './whose-rows.ts';

/** Corrections of whom the actor may see, newest first: asked for, and what became of them. */
export async function listCorrections(
  deps: Deps,
  actor: Actor,
  query: CorrectionsQuery,
): Promise<CursorPage<Correction>> {
  const whose = whoseRows(actor, authorise(actor, 'corrections.read'), query.employeeId);
  if (!whose) return { data: [], meta: { nextCursor: null } };
  const { status, cursor, limit } = query;
  const rows = await listRequests(deps.sql, whose, { status, beyond: cursor, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const targets = await targetsOf(deps.sql, page);
  const data = page.map((row) => describeRequest(row, targets.get(row.targetId ?? ''), null));
  return { data, meta: { nextCursor: rows.length > limit ? (data.at(-1)?.id ?? null) : null } };
}
