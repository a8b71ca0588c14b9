-- An exclusion constraint over a person and dates needs it. Trusted: the database's owner may create it, no superuser needed.
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- A shift type is never deleted: days that were worked by it are explained by it. Retired, it is planned no more.
CREATE TABLE shift_types (
  id uuid PRIMARY KEY,
  -- Of its latest version.
  name text NOT NULL,
  name_key text NOT NULL,
  version integer NOT NULL,
  retired_at timestamptz
);
CREATE UNIQUE INDEX shift_types_name ON shift_types (name_key) WHERE retired_at IS NULL;

-- What a shift type says of shifts that begin on `valid_from` or later, until the next row. Earlier days keep the row they had.
-- The checks are what the reach of a day (four days around it) relies on.
CREATE TABLE shift_type_versions (
  shift_type_id uuid NOT NULL REFERENCES shift_types,
  valid_from date NOT NULL,
  definition jsonb NOT NULL,
  PRIMARY KEY (shift_type_id, valid_from),
  CHECK ((definition->>'checkInBeforeMinutes')::integer BETWEEN 0 AND 720),
  CHECK ((definition->>'checkOutAfterMinutes')::integer BETWEEN 0 AND 720)
);

-- A pattern that repeats from `anchor` on: one cell a day, each the ids of its shift types; an empty one is off. It never changes:
-- another pattern is another rotation, so that days behind us stay what they were.
CREATE TABLE rotations (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  name_key text NOT NULL,
  anchor date NOT NULL,
  pattern jsonb NOT NULL,
  -- Every id of the pattern.
  shift_type_ids uuid[] NOT NULL,
  version integer NOT NULL,
  retired_at timestamptz
);
CREATE UNIQUE INDEX rotations_name ON rotations (name_key) WHERE retired_at IS NULL;

-- Who works what, from a date on: one shift type (every day, or on some days of the week), or a rotation. `DEFAULT` counts where no
-- `ASSIGNMENT` does. Of each kind a person has one at a time: the database refuses a second.
CREATE TABLE shift_assignments (
  id uuid PRIMARY KEY,
  employee_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('ASSIGNMENT', 'DEFAULT')),
  shift_type_id uuid REFERENCES shift_types,
  -- ISO: 1 is Monday. NULL: every day.
  weekdays smallint[],
  rotation_id uuid REFERENCES rotations,
  -- Days by which this person is ahead of the rotation.
  rotation_offset integer NOT NULL DEFAULT 0,
  from_date date NOT NULL,
  -- Included; NULL: until further notice.
  to_date date,
  -- Of wall times, where the shift type has none of its own: the person's site's when it was said.
  zone text NOT NULL,
  version integer NOT NULL,
  CHECK ((shift_type_id IS NULL) <> (rotation_id IS NULL)),
  CHECK (weekdays IS NULL OR shift_type_id IS NOT NULL),
  CHECK (to_date >= from_date),
  CONSTRAINT shift_assignments_once EXCLUDE USING gist
    (employee_id WITH =, kind WITH =, daterange(from_date, to_date, '[]') WITH &&)
);
CREATE INDEX shift_assignments_shift_type ON shift_assignments (shift_type_id) WHERE shift_type_id IS NOT NULL;
CREATE INDEX shift_assignments_rotation ON shift_assignments (rotation_id) WHERE rotation_id IS NOT NULL;

-- A roster is planned as a draft and published as a whole.
CREATE TABLE rosters (
  id uuid PRIMARY KEY,
  site_id uuid NOT NULL,
  name text,
  from_date date NOT NULL,
  to_date date NOT NULL,
  status text NOT NULL CHECK (status IN ('DRAFT', 'PUBLISHED')),
  version integer NOT NULL,
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL,
  published_by uuid,
  published_at timestamptz,
  CHECK (to_date >= from_date),
  CHECK ((status = 'PUBLISHED') = (published_at IS NOT NULL))
);
CREATE INDEX rosters_site ON rosters (site_id, id);

-- What a draft says of a person's date. `base_version`: of the published day it was planned upon (0: none); when that has moved on, the
-- draft is out of date and is not published.
CREATE TABLE roster_entries (
  roster_id uuid NOT NULL REFERENCES rosters ON DELETE CASCADE,
  employee_id uuid NOT NULL,
  date date NOT NULL,
  -- Empty: a day off. NULL: nothing of its own, what assignment or default say.
  shift_type_ids uuid[],
  base_version integer NOT NULL,
  PRIMARY KEY (roster_id, employee_id, date)
);
CREATE INDEX roster_entries_employee ON roster_entries (employee_id, roster_id, date);

-- What is published of a person's date: it comes before assignments and defaults. A row is never deleted, or its version would begin anew.
CREATE TABLE roster_days (
  employee_id uuid NOT NULL,
  date date NOT NULL,
  site_id uuid NOT NULL,
  shift_type_ids uuid[],
  -- Of wall times, where a shift type has none of its own.
  zone text NOT NULL,
  origin text NOT NULL CHECK (origin IN ('ROSTER', 'SWAP', 'OPEN_SHIFT', 'IMPORT')),
  -- The roster, swap, open shift or import that said so last.
  origin_id uuid NOT NULL,
  version integer NOT NULL,
  PRIMARY KEY (employee_id, date)
);
CREATE INDEX roster_days_date ON roster_days (date);

-- When planned wall times are, as the time-zone database saw it when they were planned: what a newer one moves is found by comparing.
CREATE TABLE planned_instants (
  zone text NOT NULL,
  date date NOT NULL,
  start_time text NOT NULL,
  end_time text NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  PRIMARY KEY (date, zone, start_time, end_time)
);

-- Up to which date days were queued because of the plan alone: nobody's absence waits for a punch.
CREATE TABLE roster_horizon (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  through date NOT NULL
);
INSERT INTO roster_horizon (through) VALUES ('2000-01-01');

-- What an administrator says comes before what the roster says, a quarter at a time; neither overwrites the other.
ALTER TABLE planned_headcount ADD COLUMN source text NOT NULL DEFAULT 'MANUAL' CHECK (source IN ('MANUAL', 'ROSTER'));
ALTER TABLE planned_headcount DROP CONSTRAINT planned_headcount_pkey;
ALTER TABLE planned_headcount ADD PRIMARY KEY (starts_at, site_id, source);

-- Sites whose headcount follows from another plan by now. Appended to in the plan's transaction.
CREATE TABLE headcount_queue (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_id uuid NOT NULL
);
CREATE INDEX people_site ON people (site_id, id);
