import { z } from 'zod';

export const roles = ['admin', 'hr', 'manager', 'employee', 'kiosk', 'teacher'] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;
