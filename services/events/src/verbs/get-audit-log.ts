import { AppError } from '@muster/contracts';
import type { AuditEntry } from '@muster/contracts/http/events';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { findAuditRow } from '../sql/audit-entries.ts';
import { auditItem } from './audit-item.ts';

/** The entry of one event. Admins only. */
export async function getAuditLog(deps: Deps, actor: Actor, id: string): Promise<AuditEntry> {
  authorise(actor, 'audit.read');
  const row = await findAuditRow(deps.sql, id);
  if (row === undefined) throw new AppError('not_found', 'No such audit entry.');
  return auditItem(row);
}
