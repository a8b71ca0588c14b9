import { z } from 'zod';

export const roles = ['admin', 'hr', 'manager', 'employee', 'kiosk', 'teacher'] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

/** What a token may say of its bearer: a role, or `client`, a machine that has nothing by role and only what its scopes name. */
export const actorRoles = [...roles, 'client'] as const;
export const actorRole = z.enum(actorRoles);
export type ActorRole = z.infer<typeof actorRole>;
