import { AppError } from '@muster/contracts';
import type { Tx } from '@muster/db';
import { holdRotation } from '../../sql/rosters/rotations.ts';
import { holdShiftTypes } from '../../sql/rosters/shift-types.ts';

const refused = (field: string, what: string): AppError =>
  new AppError('invalid_input', 'Some fields are not acceptable.', {
    errors: [{ field, message: `must be ${what} that is not retired`, in: 'body' }],
  });

/**
 * Holds shift types as they are until the transaction ends: nobody retires or changes one meanwhile.
 * @throws AppError invalid_input for one that is not there, or is retired
 */
export async function holdShiftTypesOf(tx: Tx, ids: readonly string[], field: string): Promise<void> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return;
  const there = await holdShiftTypes(tx, wanted);
  if (wanted.some((id) => !there.has(id))) throw refused(field, 'a shift type');
}

/**
 * As {@link holdShiftTypesOf}, for a rotation.
 * @throws AppError invalid_input
 */
export async function holdRotationOf(tx: Tx, id: string, field: string): Promise<void> {
  if ((await holdRotation(tx, id)) === undefined) throw refused(field, 'a rotation');
}
