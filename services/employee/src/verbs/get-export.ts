import type { PersonalExport } from '@muster/contracts/http/privacy';
import type { Actor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { describeExport } from '../domain/personal-export.ts';
import { findOwnExport } from './privacy/find-own-export.ts';

/** How far one's export is. @throws AppError not_found */
export async function getExport(deps: Deps, actor: Actor, id: string): Promise<PersonalExport> {
  return describeExport(await findOwnExport(deps, actor, id), deps.clock.now());
}
