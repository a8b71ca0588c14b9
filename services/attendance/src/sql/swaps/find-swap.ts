import type { Db } from '@muster/db';
import type { Swap } from '../../domain/swaps/swap.ts';
import { type SwapRow, swapColumns, toSwap } from './swap-row.ts';

/** One swap by id. */
export async function findSwap(sql: Db, id: string): Promise<Swap | undefined> {
  const [row] = await sql<SwapRow[]>`select ${swapColumns(sql)} from shift_swaps where id = ${id}`;
  return row && toSwap(row);
}
