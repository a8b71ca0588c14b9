-- What a roster file may name people by. A person's next event fills it.
ALTER TABLE people ADD COLUMN IF NOT EXISTS work_id text;
CREATE INDEX IF NOT EXISTS people_work_id ON people (work_id) WHERE work_id IS NOT NULL;

-- A person offers a published shift to a colleague: for one of theirs, or as a gift. A shift is named by its person, date and type, so
-- that one of a rotation can be swapped like one planned by itself.
CREATE TABLE shift_swaps (
  id uuid PRIMARY KEY,
  requester_id uuid NOT NULL,
  colleague_id uuid NOT NULL CHECK (colleague_id <> requester_id),
  offered_date date NOT NULL,
  offered_shift_id uuid NOT NULL,
  offered_name text NOT NULL,
  -- As they were when it was asked: a shift that lies elsewhere by now is another one.
  offered_starts_at timestamptz NOT NULL,
  offered_ends_at timestamptz NOT NULL,
  wanted_date date,
  wanted_shift_id uuid,
  wanted_name text,
  wanted_starts_at timestamptz,
  wanted_ends_at timestamptz,
  status text NOT NULL CHECK (status IN
    ('OFFERED', 'ACCEPTED', 'APPROVED', 'DECLINED', 'REJECTED', 'CANCELLED', 'EXPIRED', 'OVERTAKEN')),
  -- When the first of its shifts begins.
  expires_at timestamptz NOT NULL,
  note text,
  reason text,
  asked_at timestamptz NOT NULL,
  answered_at timestamptz,
  decided_at timestamptz,
  decided_by uuid,
  version integer NOT NULL DEFAULT 1,
  CHECK (num_nulls(wanted_date, wanted_shift_id, wanted_name, wanted_starts_at, wanted_ends_at) IN (0, 5))
);
CREATE INDEX shift_swaps_requester ON shift_swaps (requester_id, id);
CREATE INDEX shift_swaps_colleague ON shift_swaps (colleague_id, id);
CREATE INDEX shift_swaps_expiry ON shift_swaps (expires_at) WHERE status IN ('OFFERED', 'ACCEPTED');
-- Asking the same colleague twice says nothing new.
CREATE UNIQUE INDEX shift_swaps_waiting ON shift_swaps (requester_id, offered_date, offered_shift_id, colleague_id)
  WHERE status IN ('OFFERED', 'ACCEPTED');

-- Places of a shift that people of a site may pick up. The check is what makes n places have n winners.
CREATE TABLE open_shifts (
  id uuid PRIMARY KEY,
  site_id uuid NOT NULL,
  date date NOT NULL,
  shift_id uuid NOT NULL,
  name text NOT NULL,
  zone text NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  give_back_until timestamptz NOT NULL,
  places integer NOT NULL CHECK (places BETWEEN 1 AND 1000),
  -- Picks that wait for approval hold their place, too.
  taken integer NOT NULL DEFAULT 0 CHECK (taken BETWEEN 0 AND places),
  needs_approval boolean NOT NULL,
  note text,
  status text NOT NULL CHECK (status IN ('OPEN', 'CLOSED')),
  posted_by uuid NOT NULL,
  posted_at timestamptz NOT NULL,
  version integer NOT NULL DEFAULT 1
);
CREATE INDEX open_shifts_site ON open_shifts (site_id, id);

CREATE TABLE open_shift_picks (
  id uuid PRIMARY KEY,
  open_shift_id uuid NOT NULL,
  employee_id uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('WAITING', 'TAKEN', 'REFUSED', 'GIVEN_BACK')),
  picked_at timestamptz NOT NULL,
  decided_at timestamptz,
  decided_by uuid,
  version integer NOT NULL DEFAULT 1
);
CREATE INDEX open_shift_picks_employee ON open_shift_picks (employee_id, id);
CREATE INDEX open_shift_picks_shift ON open_shift_picks (open_shift_id, id);
CREATE UNIQUE INDEX open_shift_picks_place ON open_shift_picks (open_shift_id, employee_id)
  WHERE status IN ('WAITING', 'TAKEN');

-- The address of a person's calendar: a SHA-256 of 256 random bits, so that the database alone opens nobody's.
CREATE TABLE calendar_links (
  employee_id uuid PRIMARY KEY,
  digest bytea NOT NULL UNIQUE,
  created_at timestamptz NOT NULL,
  version integer NOT NULL DEFAULT 1
);

-- What a calendar was told last, so that a change raises the entry's sequence and what vanished is cancelled. Only people with a link.
CREATE TABLE calendar_entries (
  employee_id uuid NOT NULL,
  date date NOT NULL,
  shift_id text NOT NULL,
  name text NOT NULL,
  place text,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  cancelled boolean NOT NULL,
  sequence integer NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (employee_id, date, shift_id)
);
