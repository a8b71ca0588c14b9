import type { StoredRequest } from './stored-request.ts';

/**
 * Whether a request can be cancelled: while it waits, and when it is approved until its first day (`today`: the person's own); who
 * decides about the person's leave may do so later, too.
 */
export function mayCancel(
  { status, from }: Pick<StoredRequest, 'status' | 'from'>,
  today: string,
  decides: boolean,
): boolean {
  if (status === 'pending') return true;
  return status === 'approved' && (decides || today < from);
}
