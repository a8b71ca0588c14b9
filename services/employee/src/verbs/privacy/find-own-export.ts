import { AppError } from '@muster/contracts';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import type { StoredExport } from '../../domain/personal-export.ts';
import { findExport } from '../../sql/exports.ts';

/** An archive that the actor asked for, or that is about them. @throws AppError not_found for everybody else's */
export async function findOwnExport(deps: Deps, actor: Actor, id: string): Promise<StoredExport> {
  authorise(actor, 'privacy.read-export');
  const stored = await findExport(deps.sql, id);
  if (stored !== undefined && [stored.personId, stored.requestedBy].includes(actor.id)) return stored;
  throw new AppError('not_found', 'There is no such export.');
}
