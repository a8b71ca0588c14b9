import type { PersonalTables } from '@muster/db';

/** What the tables of swaps hold about people: see `sql/personal-data.ts`. */
export const swapsTables: PersonalTables = {
  shift_swaps: {
    whose: '(requester_id = $1 or colleague_id = $1)',
    key: { id: 'uuid' },
    told: [
      'id',
      'requester_id',
      'colleague_id',
      'offered_date',
      'offered_name',
      'offered_starts_at',
      'offered_ends_at',
      'wanted_date',
      'wanted_name',
      'wanted_starts_at',
      'wanted_ends_at',
      'status',
      'note',
      'reason',
      'asked_at',
      'answered_at',
      'decided_at',
    ],
    // Who decided is another person.
    withheld: ['offered_shift_id', 'wanted_shift_id', 'expires_at', 'decided_by', 'version'],
    // What somebody else wrote stays theirs to read.
    tell: (row, personId) => (row.requester_id === personId ? row : { ...row, note: null }),
    // Words about an illness or a family are in both; who worked when is in the roster.
    erasure: { set: { note: 'null', reason: 'null' } },
  },
};
