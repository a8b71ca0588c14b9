import { z } from 'zod';
import { apps } from '../flows.ts';
import { id, instant } from '../ids.ts';
import { pageOf, pageQuery } from '../paging.ts';

/** Whose data: oneself without it. */
export const askExportBody = z.strictObject({ employeeId: id.toLowerCase().optional() });
export const askErasureBody = z.strictObject({ employeeId: id.toLowerCase().optional() });

/** `preparing` lasts while a service is away; `failed` after a week of trying. `expired`: the archive is gone. */
export const exportStatuses = ['preparing', 'ready', 'expired', 'failed'] as const;

/** An archive of what Muster holds about a person. */
export const personalExport = z.object({
  id,
  employeeId: id,
  status: z.enum(exportStatuses),
  requestedAt: instant,
  readyAt: instant.nullable(),
  /** From then on the archive cannot be had any more. */
  expiresAt: instant,
  bytes: z.int().nullable(),
});
export type PersonalExport = z.infer<typeof personalExport>;

/** `requested` waits for an admin; `erasing` is under way and cannot be undone. */
export const erasureStatuses = ['requested', 'declined', 'erasing', 'done'] as const;

/** An erasure and how far each service is. */
export const erasure = z.object({
  id,
  employeeId: id,
  status: z.enum(erasureStatuses),
  requestedAt: instant,
  decidedAt: instant.nullable(),
  doneAt: instant.nullable(),
  services: z.array(z.object({ service: z.enum(apps), doneAt: instant.nullable() })),
});
export type Erasure = z.infer<typeof erasure>;

export const erasurePage = pageOf(erasure);
export const erasureListQuery = pageQuery.extend({ status: z.enum(erasureStatuses).optional() });
export type ErasureListQuery = z.infer<typeof erasureListQuery>;
