import { roles } from '@muster/contracts';
import { scopeOf } from '@muster/identity';
import type { Cast, Member, Standing } from './cast.ts';
import type { Operation } from './operation.ts';
import { kinds } from './things.ts';

/** Somebody asks for something that is `owner`'s, or nobody's. */
export interface Case {
  caller: Member | undefined;
  target: string;
  owner: Member | undefined;
}

const isOwned = ({ about }: Operation): boolean => about !== undefined && kinds[about].isOwned;

const reachesAll = ({ needs }: Operation, caller: Member): boolean =>
  needs !== 'open' && needs !== 'signed-in' && scopeOf(caller, needs) === 'all';

/** Nobody and every role, each for what is their own, a report's, a report's report's and a stranger's. */
export function casesOf(operation: Operation, { members }: Cast, isRead: boolean): Case[] {
  const nobody: Case = { caller: undefined, target: 'it', owner: isOwned(operation) ? members.stranger : undefined };
  const others = roles.flatMap((role): Case[] => {
    const caller = members[role];
    if (!isOwned(operation)) return [{ caller, target: 'it', owner: undefined }];
    // A kiosk is a device: nothing is its own.
    const targets: Standing[] = [...(role === 'kiosk' ? [] : [role]), 'report', 'below', 'stranger'];
    return targets.filter(mayBeSpoilt).map((target) => ({
      caller,
      target: target === role ? 'own' : target,
      owner: members[target],
    }));

    // Who may change anybody changes a stranger: not themselves, and nobody who is still needed.
    function mayBeSpoilt(target: Standing): boolean {
      if (isRead || !reachesAll(operation, caller)) return true;
      return target === 'stranger' || (target === role && operation.ofOneself !== undefined);
    }
  });
  return [nobody, ...others];
}
