import { AppError } from '@muster/contracts';
import type { Actor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { exportKey, isExpired } from '../domain/personal-export.ts';
import { findOwnExport } from './privacy/find-own-export.ts';

/**
 * The archive, part by part: memory holds one. The first is read before it returns, so that a store that is away is an honest
 * 503 and not a broken download.
 * @throws AppError not_found (also when it is not ready, or has expired), unavailable
 */
export async function readExport(deps: Deps, actor: Actor, id: string): Promise<AsyncGenerator<Uint8Array>> {
  const stored = await findOwnExport(deps, actor, id);
  const { status, parts } = stored;
  const gone = () => new AppError('not_found', 'There is no archive to be had: it is not ready yet, or has expired.');
  if (status !== 'ready' || parts === null || isExpired(stored, deps.clock.now())) throw gone();
  const first = await deps.photos.get(exportKey(stored, 0));
  if (first === undefined) throw gone();
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield first as Uint8Array;
    for (let part = 1; part < (parts as number); part++) {
      const next = await deps.photos.get(exportKey(stored, part));
      if (next === undefined) throw gone();
      yield next;
    }
  }
  return bytes();
}
