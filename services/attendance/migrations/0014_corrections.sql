-- What somebody asked to have corrected, and what became of it. An approved one is a fact under the same id: the key of `corrections`
-- refuses a second one, whoever approves it.
CREATE TABLE correction_requests (
  id uuid PRIMARY KEY,
  employee_id uuid NOT NULL,
  change text NOT NULL CHECK (change IN ('add', 'replace', 'void')),
  target_id uuid,
  type text CHECK (type IN ('IN', 'OUT', 'BREAK_START', 'BREAK_END')),
  occurred_at timestamptz,
  reason text,
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'approved', 'rejected', 'withdrawn')),
  asked_by uuid NOT NULL,
  asked_at timestamptz NOT NULL,
  decided_by uuid,
  decided_at timestamptz,
  note text,
  -- The days it changed, before and after, as they were when it was decided.
  effect text,
  version integer NOT NULL DEFAULT 1,
  CHECK ((change = 'add') = (target_id IS NULL)),
  CHECK ((change = 'void') = (occurred_at IS NULL)),
  CHECK ((occurred_at IS NULL) = (type IS NULL)),
  CHECK ((status = 'pending') = (decided_at IS NULL)),
  CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
  -- Four eyes: nobody decides about their own time, whatever their role.
  CHECK (status NOT IN ('approved', 'rejected') OR decided_by <> employee_id)
);
CREATE INDEX correction_requests_employee ON correction_requests (employee_id, id);
CREATE INDEX correction_requests_pending ON correction_requests (id) WHERE status = 'pending';
-- One wish about a punch at a time, and one for the same new punch.
CREATE UNIQUE INDEX correction_requests_target ON correction_requests (target_id) WHERE status = 'pending' AND target_id IS NOT NULL;
CREATE UNIQUE INDEX correction_requests_new ON correction_requests (employee_id, type, occurred_at)
  WHERE status = 'pending' AND target_id IS NULL;

-- Closed months of sites, with their history: open again where `unlocked_at` says so. `month` is its first day.
CREATE TABLE month_locks (
  id uuid PRIMARY KEY,
  site_id uuid NOT NULL,
  month date NOT NULL CHECK (date_trunc('month', month) = month),
  locked_at timestamptz NOT NULL,
  locked_by uuid NOT NULL,
  -- Locked although days were not settled, corrections or conflicts were undecided.
  forced boolean NOT NULL,
  people integer NOT NULL,
  unlocked_at timestamptz,
  unlocked_by uuid,
  unlock_reason text,
  CHECK ((unlocked_at IS NULL) = (unlocked_by IS NULL)),
  CHECK ((unlocked_at IS NULL) = (unlock_reason IS NULL))
);
CREATE UNIQUE INDEX month_locks_standing ON month_locks (month, site_id) WHERE unlocked_at IS NULL;
CREATE INDEX month_locks_site ON month_locks (site_id, id);
CREATE INDEX month_locks_month ON month_locks (month, id);

-- Whose month is closed: the people of the site when it was locked, so that a month stays closed when somebody moves on to another site.
CREATE TABLE locked_months (
  employee_id uuid NOT NULL,
  month date NOT NULL,
  lock_id uuid NOT NULL,
  PRIMARY KEY (employee_id, month)
);
CREATE INDEX locked_months_lock ON locked_months (lock_id);

-- Days of locked months which would be different by now: what arrived too late waits here until the month is unlocked.
CREATE TABLE waiting_days (
  employee_id uuid NOT NULL,
  date date NOT NULL,
  since timestamptz NOT NULL,
  -- What the day would be; null: there would be none.
  day text,
  PRIMARY KEY (employee_id, date)
);
CREATE INDEX waiting_days_date ON waiting_days (date, employee_id);

-- When an automatic check-out is due, which a job writes: see `autoCloseAtMs` of the day.
ALTER TABLE attendance_days ADD COLUMN auto_close_at timestamptz;
UPDATE attendance_days SET auto_close_at = to_timestamp((day::json ->> 'autoCloseAtMs')::bigint / 1000.0)
WHERE day NOT LIKE '%"autoCloseAtMs":null%';
CREATE INDEX attendance_days_auto_close ON attendance_days (auto_close_at) WHERE auto_close_at IS NOT NULL;
-- The same check-out is never written twice by two processes.
CREATE UNIQUE INDEX punches_auto ON punches (employee_id, occurred_at) WHERE source = 'auto';
-- Closed by an automatic check-out: a real one may still come and take its place.
ALTER TABLE attendance_sessions ADD COLUMN auto_closed boolean NOT NULL DEFAULT false;

-- Days with facts that cannot all be true: everybody's by date, a person's by id.
CREATE INDEX attendance_days_conflicts ON attendance_days (date, employee_id) WHERE 'CONFLICT' = ANY (flags);
CREATE INDEX attendance_days_conflicts_of ON attendance_days (employee_id, date) WHERE 'CONFLICT' = ANY (flags);
