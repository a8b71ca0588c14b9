import { AppError, type Role, roles } from '@muster/contracts';
import type { Actor } from './actor.ts';
import { type Action, firstHand, type Grants, permissions, type Scope } from './permissions.ts';

type Asker = Pick<Actor, 'role' | 'scopes'>;

/** One row of the table as a client gets it. */
export interface Permission {
  resource: string;
  action: string;
  scope: Scope;
}

const rows = Object.entries(permissions as Record<string, Record<string, Grants>>).flatMap(([resource, actions]) =>
  Object.entries(actions).map(([action, grants]) => ({ resource, action, grants })),
);
// Maps, since a role read from a token must not find what every object inherits.
const grantsOf = new Map(
  rows.map(({ resource, action, grants }) => [`${resource}.${action}`, new Map(Object.entries(grants))]),
);

/** Every action of the table, in its order. */
export const actions = [...grantsOf.keys()] as Action[];

export const isAction = (name: string): name is Action => grantsOf.has(name);

/** The actions that can be handed on: a token that is narrowed to some of them acts without its person at the keyboard. */
export const delegable: readonly Action[] = actions.filter((action) => !firstHand.includes(action));

/** The actions a machine client may be given: those that reach everybody. What is one's own means nothing without a person. */
export const clientActions: readonly Action[] = delegable.filter((action) =>
  [...(grantsOf.get(action)?.values() ?? [])].includes('all'),
);

const reachOfClient = (action: Action): Scope | undefined => (clientActions.includes(action) ? 'all' : undefined);

/**
 * How far the actor reaches with this action; undefined when it may not take it at all. Scopes only ever narrow a role; a
 * machine client has no role, so it may do what its scopes name and nothing else.
 */
export function scopeOf({ role, scopes }: Asker, action: Action): Scope | undefined {
  if (scopes !== undefined && !(scopes.includes(action) && delegable.includes(action))) return undefined;
  if (role === 'client') return scopes === undefined ? undefined : reachOfClient(action);
  return grantsOf.get(action)?.get(role);
}

/** Whether the actor may take this action, however far. */
export const can = (actor: Asker, action: Action): boolean => scopeOf(actor, action) !== undefined;

/** The first line of every verb. Returns how far the actor reaches; throws AppError `forbidden` when it may not. */
export function authorise(actor: Asker, action: Action): Scope {
  const scope = scopeOf(actor, action);
  if (scope === undefined) throw refusal(actor);
  return scope;
}

/** The roles that may take an action, in the order of `roles`. */
export const rolesFor = (action: Action): Role[] => roles.filter((role) => can({ role }, action));

/** Everything the actor may do, in the order of the table. */
export const permissionsOf = (actor: Asker): Permission[] =>
  rows.flatMap(({ resource, action }) => {
    const scope = scopeOf(actor, `${resource}.${action}` as Action);
    return scope === undefined ? [] : [{ resource, action, scope }];
  });

const refusal = ({ scopes }: Asker): AppError =>
  new AppError(
    'forbidden',
    scopes === undefined ? 'Your role does not allow this.' : 'The scopes of this token do not allow this.',
  );
