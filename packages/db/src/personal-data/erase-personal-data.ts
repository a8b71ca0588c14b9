import type { Tx } from '../types.ts';
import { isPersonal, type PersonalTables } from './personal-tables.ts';

/** Does to the person's rows what the map says. Doing it again changes nothing more. */
export async function erasePersonalData(tx: Tx, tables: PersonalTables, personId: string): Promise<void> {
  for (const [name, table] of Object.entries(tables)) {
    if (!isPersonal(table) || table.erasure === 'keep') continue;
    if (table.erasure === 'delete') {
      await tx.unsafe(`delete from ${name} where ${table.whose}`, [personId]);
      continue;
    }
    const changes = Object.entries(table.erasure.set).map(([column, value]) => `${column} = ${value}`);
    await tx.unsafe(`update ${name} set ${changes.join(', ')} where ${table.whose}`, [personId]);
  }
}
