import { kitTables, type PersonalTables } from '@muster/db';
import { tellAuditEntry, tellNotification } from '../domain/tell-person.ts';

const ours = 'user_id = $1 or entity_id = $1 or person_id = $1';

/** What each table holds about people: what an export tells of it, and what an erasure does to it. */
export const personalTables: PersonalTables = {
  // Erased by pages, in redact-audit.ts: the chain has to stay whole.
  audit_entries: {
    whose: ours,
    key: { seq: 'bigint' },
    told: [
      'seq',
      'id',
      'event_type',
      'occurred_at',
      'recorded_at',
      'user_id',
      'entity_type',
      'entity_id',
      'person_id',
      'payload',
    ],
    withheld: ['leaf', 'hash', 'salt'],
    tell: tellAuditEntry,
    erasure: 'keep',
  },
  notifications: {
    whose: 'user_id = $1',
    key: { seq: 'bigint' },
    told: ['id', 'user_id', 'seq', 'type', 'title', 'data', 'live', 'created_at', 'read_at'],
    tell: tellNotification,
    erasure: 'delete',
  },
  notification_feeds: {
    whose: 'user_id = $1',
    key: { user_id: 'uuid' },
    told: ['user_id', 'last_seq'],
    erasure: 'delete',
  },
  notification_preferences: {
    whose: 'user_id = $1',
    key: { kind: 'text' },
    told: ['user_id', 'kind', 'in_app', 'live'],
    erasure: 'delete',
  },
  recipients: {
    whose: 'user_id = $1',
    key: { user_id: 'uuid' },
    told: ['user_id', 'role', 'role_version', 'active', 'active_version'],
    // As after a deletion: no event comes later than that.
    erasure: { set: { active: 'false', active_version: '2147483647' } },
  },
  managers: {
    whose: 'employee_id = $1',
    key: { employee_id: 'uuid' },
    told: ['employee_id', 'manager_id', 'version'],
    erasure: { set: { manager_id: 'null', version: '2147483647' } },
  },
  erased_people: {
    whose: 'person_id = $1',
    key: { person_id: 'uuid' },
    told: ['person_id', 'erased_at', 'done_at'],
    withheld: ['audit_seq', 'notification_id'],
    erasure: 'keep',
  },
  audit_redactions: { not: 'what is left of entries after an erasure' },
  audit_head: { not: 'hashes' },
  audit_checkpoints: { not: 'hashes' },
  audit_counts: { not: 'totals by type' },
  ...kitTables,
};
