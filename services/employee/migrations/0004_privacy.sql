-- When nobody could be told from this row any more; such a one is never restored.
ALTER TABLE people ADD COLUMN erased_at timestamptz;

-- Archives of what Muster holds about a person. The objects lie in the photo store, in `parts` of a few MiB under the key of
-- the attempt that got through; photo_garbage knows them from before they are written, and takes them away when they expire.
CREATE TABLE personal_exports (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL,
  requested_by uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('preparing', 'ready', 'failed')),
  attempt integer NOT NULL DEFAULT 0,
  -- While one process is at work this lies ahead: when it dies, another one takes over then.
  next_attempt_at timestamptz NOT NULL,
  requested_at timestamptz NOT NULL,
  ready_at timestamptz,
  expires_at timestamptz NOT NULL,
  parts integer,
  bytes bigint
);
CREATE UNIQUE INDEX personal_exports_preparing ON personal_exports (person_id, requested_by) WHERE status = 'preparing';
CREATE INDEX personal_exports_due ON personal_exports (next_attempt_at) WHERE status = 'preparing';
CREATE INDEX personal_exports_expiry ON personal_exports (expires_at);

-- One per person. `erasing` cannot be undone.
CREATE TABLE personal_erasures (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL UNIQUE,
  status text NOT NULL CHECK (status IN ('requested', 'declined', 'erasing', 'done')),
  requested_by uuid NOT NULL,
  requested_at timestamptz NOT NULL,
  decided_by uuid,
  decided_at timestamptz,
  done_at timestamptz
);

-- What each service has still to do. Twice each: the second look finds what was on its way during the first.
CREATE TABLE erasure_steps (
  person_id uuid NOT NULL REFERENCES personal_erasures (person_id),
  service text NOT NULL,
  look integer NOT NULL DEFAULT 1,
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL,
  done_at timestamptz,
  PRIMARY KEY (person_id, service)
);
CREATE INDEX erasure_steps_due ON erasure_steps (next_attempt_at) WHERE done_at IS NULL;
