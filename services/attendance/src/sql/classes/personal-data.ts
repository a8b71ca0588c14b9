import type { PersonalTables } from '@muster/db';

/** What the tables of classes hold about people: see `sql/personal-data.ts`. Marks stay, by id only, as times of work do. */
export const classesTables: PersonalTables = {
  classes: { not: 'names and places of classes' },
  class_teachers: {
    whose: 'person_id = $1',
    key: { class_id: 'uuid' },
    told: ['class_id', 'person_id'],
    erasure: 'delete',
  },
  class_members: {
    whose: 'person_id = $1',
    key: { class_id: 'uuid' },
    told: ['class_id', 'person_id'],
    erasure: 'delete',
  },
  class_marks: {
    whose: 'student_id = $1',
    key: { date: 'date', class_id: 'uuid' },
    told: ['student_id', 'class_id', 'date', 'status', 'marked_at', 'version'],
    // Who marked is another person.
    withheld: ['marked_by', 'cached_until'],
    erasure: 'keep',
  },
  class_mark_history: {
    whose: 'student_id = $1',
    key: { date: 'date', class_id: 'uuid', version: 'integer' },
    told: ['student_id', 'class_id', 'date', 'version', 'status', 'marked_at'],
    withheld: ['marked_by'],
    erasure: 'keep',
  },
  class_cache_owed: { not: 'keys on their way out of Redis: ids and dates' },
};
