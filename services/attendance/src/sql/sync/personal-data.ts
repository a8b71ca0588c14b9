import type { PersonalTables } from '@muster/db';

/** What the tables of sync hold about people: see `sql/personal-data.ts`. */
export const syncTables: PersonalTables = {
  sync_calls: {
    whose: 'owner_id = $1',
    key: { id: 'uuid' },
    told: ['id', 'owner_id', 'device_id', 'sent_at', 'received_at', 'skew_ms', 'applied_ms', 'believed'],
    erasure: 'delete',
  },
  sync_devices: {
    whose: 'owner_id = $1',
    key: { owner_id: 'uuid', device_id: 'uuid' },
    told: ['owner_id', 'device_id', 'site_id', 'skew_ms', 'seen_at', 'complete_until'],
    erasure: 'delete',
  },
  held_punches: {
    whose: 'employee_id = $1',
    key: { id: 'uuid' },
    told: [
      'id',
      'employee_id',
      'type',
      'claimed_at',
      'received_at',
      'site_id',
      'device_id',
      'sync_id',
      'reason',
      'notes',
      'settled_at',
    ],
    // Who settled it is another person.
    withheld: ['client_id', 'request_hash', 'settled_by'],
    erasure: { set: { notes: 'null', device_id: 'null' } },
  },
  site_settings: { not: 'settings of a site' },
};
