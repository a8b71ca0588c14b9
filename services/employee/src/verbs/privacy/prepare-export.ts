import { inParts } from '../../archive/in-parts.ts';
import { zipStream } from '../../archive/zip-stream.ts';
import type { Deps } from '../../deps.ts';
import { moment } from '../../domain/moment.ts';
import { attemptPrefix, exportKey, type StoredExport } from '../../domain/personal-export.ts';
import { finishExport, postponeExport } from '../../sql/exports.ts';
import { dropGarbageAt, insertPhotoGarbage } from '../../sql/photo-garbage.ts';
import { gatherPieces } from './gather-pieces.ts';

/** How long a process may be silent about an archive before another one takes over. */
export const lease = { minutes: 5 };
// A third more as base64, it still fits through the sidecar.
const partBytes = 4 * 1024 * 1024;

/**
 * Makes the archive of a claimed export and stores it part by part; each part is noted for deletion before it is written. True
 * when it is ready; false when another process took over or the person was erased meanwhile. Throws while a service is away.
 */
export async function prepareExport(deps: Deps, claimed: StoredExport): Promise<boolean> {
  const drop = () => dropGarbageAt(deps.sql, attemptPrefix(claimed), moment(deps.clock.now()));
  try {
    const stored = await storeParts(deps, claimed);
    const done = stored !== undefined && (await finishExport(deps.sql, claimed, stored));
    if (!done) await drop();
    return done;
  } catch (error) {
    await drop();
    throw error;
  }
}

async function storeParts(deps: Deps, claimed: StoredExport) {
  const startedAt = deps.clock.now();
  const pieces = gatherPieces(deps, claimed.personId, moment(startedAt));
  const archive = zipStream(pieces, new Date(startedAt.epochMilliseconds));
  let parts = 0;
  let bytes = 0;
  for await (const part of inParts(archive, partBytes)) {
    const key = exportKey(claimed, parts);
    if (!(await postponeExport(deps.sql, claimed, moment(deps.clock.now().add(lease))))) return undefined;
    await insertPhotoGarbage(deps.sql, [key], claimed.expiresAt);
    await deps.photos.create({ key, bytes: part, contentType: 'application/octet-stream' });
    parts += 1;
    bytes += part.length;
  }
  return { readyAt: moment(deps.clock.now()), parts, bytes };
}
