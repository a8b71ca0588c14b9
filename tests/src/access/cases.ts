import { roles } from '@muster/contracts';
import { scopeOf } from '@muster/identity';
import type { Cast, Member, Standing } from './cast.ts';
import type { Operation } from './operation.ts';
import { kinds } from './things.ts';

/** Somebody asks for something that is `owner`'s, or nobody's. */
export interface Case {
  who: string;
  caller: Member | undefined;
  target: string;
  owner: Member | undefined;
}

const askers: Standing[] = [...roles, 'client', 'key'];
/** Nothing is theirs. */
const machines: Standing[] = ['kiosk', 'client', 'key'];

const isOwned = ({ about }: Operation): boolean => about !== undefined && kinds[about].isOwned;

const reachesAll = ({ needs }: Operation, caller: Member): boolean =>
  needs !== 'open' && needs !== 'signed-in' && scopeOf(caller, needs) === 'all';

/** Nobody, every role, a machine client and an API key, each for what is their own, a report's, a report's report's and a stranger's. */
export function casesOf(operation: Operation, { members }: Cast, isRead: boolean): Case[] {
  const nobody: Case = {
    who: 'nobody',
    caller: undefined,
    target: 'it',
    owner: isOwned(operation) ? members.stranger : undefined,
  };
  const others = askers.flatMap((who): Case[] => {
    const caller = members[who];
    if (!isOwned(operation)) return [{ who, caller, target: 'it', owner: undefined }];
    const targets: Standing[] = [...(machines.includes(who) ? [] : [who]), 'report', 'below', 'stranger'];
    return targets.filter(mayBeSpoilt).map((target) => ({
      who,
      caller,
      target: target === who ? 'own' : target,
      owner: members[target],
    }));

    // Who may change anybody changes a stranger: not themselves, and nobody who is still needed.
    function mayBeSpoilt(target: Standing): boolean {
      if (isRead || !reachesAll(operation, caller)) return true;
      return target === 'stranger' || (target === who && operation.ofOneself !== undefined);
    }
  });
  return [nobody, ...others];
}
