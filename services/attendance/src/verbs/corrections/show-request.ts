import type { Correction, DayChange } from '@muster/contracts/http/attendance-corrections';
import type { Deps } from '../../deps.ts';
import { describeRequest, type StoredRequest } from '../../domain/corrections/request.ts';
import { targetsOf } from './targets-of.ts';

/** A request with what it is about, and what it changed when it was approved. */
export async function showRequest(deps: Pick<Deps, 'sql'>, request: StoredRequest): Promise<Correction> {
  const targets = await targetsOf(deps.sql, [request]);
  const changes = request.effect === null ? null : (JSON.parse(request.effect) as DayChange[]);
  return describeRequest(request, targets.get(request.targetId ?? ''), changes);
}
