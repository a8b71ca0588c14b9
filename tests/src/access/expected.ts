import { type Action, type Scope, scopeOf } from '@muster/identity';
import type { Cast, Member } from './cast.ts';
import type { Operation } from './operation.ts';

/** How a request may end, as far as permissions are concerned. `invalid` and `failed` are never right. */
export type Verdict = 'allowed' | 'unauthenticated' | 'forbidden' | 'absent' | 'invalid' | 'failed';

/** Whether a permission of `scope` in the hands of `caller` takes in what is `owner`'s. */
export function takesIn(scope: Scope | undefined, caller: Member, owner: Member, { members }: Cast): boolean {
  if (scope === undefined) return false;
  if (scope === 'all' || owner.id === caller.id) return true;
  const isBelow = owner.id === members.report.id || owner.id === members.below.id;
  return scope === 'reports' && caller.id === members.manager.id && isBelow;
}

/** What the permission table says that the answer must be. `owner`: whose thing is asked for, where it is somebody's. */
export function expected(o: Operation, cast: Cast, caller: Member | undefined, owner: Member | undefined): Verdict {
  if (o.needs === 'open') return 'allowed';
  if (caller === undefined) return 'unauthenticated';
  const isOwn = owner === undefined || owner.id === caller.id;
  if (o.needs === 'signed-in') return isOwn ? 'allowed' : 'absent';
  if (o.neverOfOneself && owner?.id === caller.id) return 'forbidden';
  const action: Action = owner?.id === caller.id ? (o.ofOneself ?? o.needs) : o.needs;
  const scope = scopeOf(caller, action);
  if (scope === undefined) return 'forbidden';
  return owner === undefined || takesIn(scope, caller, owner, cast) ? 'allowed' : 'absent';
}

/** What an answer was. A token of the body that is not good (`invalid_token` of an open operation) is no refusal. */
export function verdictOf(o: Operation, { status, body }: { status: number; body: unknown }): Verdict {
  const code = (body as { code?: string } | undefined)?.code;
  if (status === 401 && (code === 'unauthenticated' || (code === 'invalid_token' && o.needs !== 'open')))
    return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'absent';
  if (status === 400 && o.isMadeUp) return 'allowed';
  if (status === 400 || status === 415 || status === 405) return 'invalid';
  return status >= 500 || status === 429 ? 'failed' : 'allowed';
}
