import { AppError, type Role, roles } from '@muster/contracts';
import type { Actor } from './actor.ts';
import { type Action, type Grants, permissions, type Scope } from './permissions.ts';

type Asker = Pick<Actor, 'role'>;

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

/** How far the actor's role reaches with this action; undefined when it may not take it at all. */
export const scopeOf = (actor: Asker, action: Action): Scope | undefined => grantsOf.get(action)?.get(actor.role);

/** Whether the actor's role may take this action, however far. */
export const can = (actor: Asker, action: Action): boolean => scopeOf(actor, action) !== undefined;

/** The first line of every verb. Returns how far the actor's role reaches; throws AppError `forbidden` when it may not. */
export function authorise(actor: Asker, action: Action): Scope {
  const scope = scopeOf(actor, action);
  if (scope === undefined) throw new AppError('forbidden', 'Your role does not allow this.');
  return scope;
}

/** The roles that may take an action, in the order of `roles`. */
export const rolesFor = (action: Action): Role[] => roles.filter((role) => can({ role }, action));

/** Everything a role may do. */
export const permissionsOf = (role: Role): Permission[] =>
  rows.flatMap(({ resource, action, grants }) => {
    const scope = grants[role];
    return scope === undefined ? [] : [{ resource, action, scope }];
  });
