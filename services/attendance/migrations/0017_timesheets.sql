-- Versions of the rules, appended only: each counts at its site from its date on, until the next one of that site. Of two from one date
-- the later (`seq`) counts, so a mistake is mended by saying it again.
CREATE TABLE rule_versions (
  id uuid PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  -- Null: of every site that has none of its own on that date.
  site_id uuid,
  valid_from date NOT NULL,
  name text NOT NULL,
  -- A RuleSet without its version, byte for byte. Null: the site has none of its own from here on.
  rules text,
  created_at timestamptz NOT NULL,
  created_by uuid NOT NULL
);
CREATE INDEX rule_versions_site ON rule_versions (site_id, valid_from, seq);

-- What a superior said about the overtime of a date, appended only: the latest counts, and says how much in all is approved. The key
-- refuses the second of two who answer the same question.
CREATE TABLE overtime_approvals (
  id uuid PRIMARY KEY,
  employee_id uuid NOT NULL,
  date date NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  minutes integer NOT NULL CHECK (minutes BETWEEN 0 AND 10080),
  -- The overtime that was looked at: when it grows beyond this, it waits again.
  overtime_ms integer NOT NULL,
  note text,
  decided_at timestamptz NOT NULL,
  decided_by uuid NOT NULL,
  UNIQUE (employee_id, date, version),
  -- Four eyes: nobody decides about their own time, whatever their role.
  CHECK (decided_by <> employee_id)
);

-- What sums of a month need of a day, so that nobody opens three million days to close one. Durations are milliseconds.
ALTER TABLE attendance_days
  ADD COLUMN rounded_ms integer NOT NULL DEFAULT 0,
  ADD COLUMN off_shift_ms integer NOT NULL DEFAULT 0,
  ADD COLUMN overtime_kind text,
  -- Worked beyond; `overtime_ms` is what counts of it.
  ADD COLUMN overtime_beyond_ms integer NOT NULL DEFAULT 0,
  ADD COLUMN overtime_weighted_ms integer NOT NULL DEFAULT 0,
  ADD COLUMN overtime_awaits boolean NOT NULL DEFAULT false,
  -- The leave of the day, its type once for each half: {annual,annual} is a whole day.
  ADD COLUMN leave_halves text[] NOT NULL DEFAULT '{}',
  ADD COLUMN settled boolean NOT NULL DEFAULT false,
  -- A day beyond two kilobytes lies beside the columns: sums do not read it.
  SET (toast_tuple_target = 256);
CREATE INDEX attendance_days_overtime ON attendance_days (date DESC, employee_id DESC) WHERE overtime_awaits;
CREATE INDEX attendance_days_overtime_of ON attendance_days (employee_id, date DESC) WHERE overtime_awaits;

-- Overtime of fixed weeks of 168 hours, derived from the stored days of whoever's rules ask for it. A week without work has no row.
CREATE TABLE attendance_weeks (
  employee_id uuid NOT NULL,
  from_at timestamptz NOT NULL,
  -- The local date of its last moment: the month that pays it.
  ends_on date NOT NULL,
  rules text NOT NULL,
  worked_ms integer NOT NULL,
  by_day_ms integer NOT NULL,
  counted_ms integer NOT NULL,
  weighted_ms integer NOT NULL,
  PRIMARY KEY (employee_id, from_at)
);

-- A closed month of a site: the totals of its people as they were. One row a lock of the month; a month that was opened and closed again
-- has several, and keeps them.
CREATE TABLE month_closes (
  -- Of `month_locks`.
  lock_id uuid PRIMARY KEY,
  month date NOT NULL CHECK (date_trunc('month', month) = month),
  site_id uuid NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  state text NOT NULL DEFAULT 'closing' CHECK (state IN ('closing', 'closed')),
  -- Why it was closed although something was open.
  reason text,
  asked_at timestamptz NOT NULL,
  asked_by uuid NOT NULL,
  -- How far its totals are written, in order of id: any process goes on from here.
  after_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  people integer NOT NULL DEFAULT 0,
  -- Of the bytes of its payroll export.
  sha256 text,
  closed_at timestamptz,
  CHECK ((state = 'closed') = (sha256 IS NOT NULL)),
  CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
  UNIQUE (month, site_id, version)
);
CREATE INDEX month_closes_closing ON month_closes (lock_id) WHERE state = 'closing';

-- A person's totals as they were closed, byte for byte; by id only, so that an erasure changes no sum.
CREATE TABLE timesheets (
  lock_id uuid NOT NULL,
  employee_id uuid NOT NULL,
  department text,
  totals text NOT NULL,
  PRIMARY KEY (lock_id, employee_id)
);
CREATE INDEX timesheets_employee ON timesheets (employee_id, lock_id);

-- Pages of timesheets go by site and by department in order of id.
CREATE INDEX IF NOT EXISTS people_site ON people (site_id, id);
CREATE INDEX people_department_id ON people (department, id) WHERE department IS NOT NULL;

-- Days that were stored without the new columns are derived again.
INSERT INTO day_queue (employee_id, from_date, to_date)
SELECT employee_id, min(date), max(date) FROM attendance_days GROUP BY employee_id;
