-- Employment: when somebody was hired, and when they were deleted. `employment_known`: false for who was projected before these
-- columns were there, until the employee service is asked.
ALTER TABLE people
  ADD COLUMN hired_on date,
  ADD COLUMN left_at timestamptz,
  ADD COLUMN employment_known boolean NOT NULL DEFAULT false;
CREATE INDEX people_employment_unknown ON people (id) WHERE NOT employment_known;
CREATE INDEX IF NOT EXISTS people_site ON people (site_id);

-- Employment and site (its holidays, its zone) are part of every day of a person. Days are stored only where something happened, so
-- a change near today reaches a quarter around it, too: shifts may wait there that were nobody's before.
CREATE FUNCTION queue_days_of_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO day_queue (employee_id, from_date, to_date)
  SELECT NEW.id, low, high FROM (
    SELECT least(min(stored.low) - 6, greatest(min(d), current_date - 92)) AS low,
      greatest(max(stored.high) + 6, least(max(d), current_date) + 92) AS high
    FROM (SELECT min(date) AS low, max(date) AS high FROM attendance_days WHERE employee_id = NEW.id) AS stored
    LEFT JOIN unnest(CASE WHEN TG_OP = 'UPDATE'
      THEN ARRAY[OLD.hired_on, NEW.hired_on, OLD.left_at::date - 1, NEW.left_at::date - 1] END) AS changed (d) ON true
  ) AS reach WHERE low <= high;
  RETURN NULL;
END $$;
CREATE TRIGGER people_arrive AFTER INSERT ON people FOR EACH ROW EXECUTE FUNCTION queue_days_of_people();
CREATE TRIGGER people_change AFTER UPDATE ON people FOR EACH ROW
  WHEN (OLD.hired_on IS DISTINCT FROM NEW.hired_on OR OLD.left_at IS DISTINCT FROM NEW.left_at OR OLD.site_id <> NEW.site_id)
  EXECUTE FUNCTION queue_days_of_people();

-- Holiday lists. Days of the week are those of ISO 8601: 1 is Monday.
CREATE TABLE holiday_lists (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  name_key text NOT NULL CONSTRAINT holiday_lists_name UNIQUE,
  weekly_off smallint[] NOT NULL DEFAULT '{}' CHECK (weekly_off <@ '{1,2,3,4,5,6,7}'),
  version integer NOT NULL DEFAULT 1
);

-- One row a date. What a person wrote (`HAND`) is never overwritten by filling a list from its source, and what they took out stays
-- as a removed row, so that it does not come back.
CREATE TABLE holidays (
  list_id uuid NOT NULL REFERENCES holiday_lists ON DELETE CASCADE,
  date date NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  origin text NOT NULL CHECK (origin IN ('HAND', 'SOURCE')),
  removed boolean NOT NULL DEFAULT false,
  PRIMARY KEY (list_id, date)
);

-- Which list a site has from a date on, until the next row's; null: none.
CREATE TABLE site_holiday_lists (
  site_id uuid NOT NULL,
  from_date date NOT NULL,
  list_id uuid REFERENCES holiday_lists,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (site_id, from_date)
);
CREATE INDEX site_holiday_lists_list ON site_holiday_lists (list_id);

-- Leave. Amounts are half days, so that sums are exact.
CREATE TABLE leave_types (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  name_key text NOT NULL CONSTRAINT leave_types_name UNIQUE,
  paid boolean NOT NULL,
  counts text NOT NULL CHECK (counts IN ('WORKING_DAYS', 'CALENDAR_DAYS')),
  half_days boolean NOT NULL,
  -- A leave year's; null: not counted against anything.
  entitlement integer CHECK (entitlement >= 0),
  -- The leave year begins on the first of this month.
  year_starts_in smallint NOT NULL CHECK (year_starts_in BETWEEN 1 AND 12),
  -- The most that goes into the next leave year; 0: nothing; null: everything. It lapses so many months into it; null: never.
  carry_over_limit integer CHECK (carry_over_limit >= 0),
  carry_over_months smallint CHECK (carry_over_months BETWEEN 1 AND 11),
  may_go_negative boolean NOT NULL,
  needs_approval boolean NOT NULL,
  active boolean NOT NULL DEFAULT true,
  version integer NOT NULL DEFAULT 1
);

CREATE TABLE leave_requests (
  id uuid PRIMARY KEY,
  employee_id uuid NOT NULL,
  type_id uuid NOT NULL REFERENCES leave_types,
  from_date date NOT NULL,
  to_date date NOT NULL,
  first_day text NOT NULL CHECK (first_day IN ('FULL', 'SECOND_HALF')),
  last_day text NOT NULL CHECK (last_day IN ('FULL', 'FIRST_HALF')),
  -- Half days it costs.
  charged integer NOT NULL,
  status text NOT NULL CHECK (status IN ('pending', 'approved', 'rejected', 'cancelled')),
  note text,
  asked_at timestamptz NOT NULL,
  asked_by uuid NOT NULL,
  decided_at timestamptz,
  decided_by uuid,
  decision_note text,
  version integer NOT NULL DEFAULT 1,
  CHECK (from_date <= to_date)
);
CREATE INDEX leave_requests_employee ON leave_requests (employee_id, id);
CREATE INDEX leave_requests_type ON leave_requests (type_id);
CREATE INDEX leave_requests_waiting ON leave_requests (id) WHERE status = 'pending';

-- The half days a request takes, as long as it waits or is approved. The key is what refuses overlapping leave, whatever the
-- processes above believe; a request that is rejected or cancelled gives its rows back.
CREATE TABLE leave_days (
  employee_id uuid NOT NULL,
  date date NOT NULL,
  half smallint NOT NULL CHECK (half IN (1, 2)),
  request_id uuid NOT NULL REFERENCES leave_requests,
  leave_year date NOT NULL,
  -- Whether it costs half a day of the balance: a day off within a leave does not.
  charged boolean NOT NULL,
  approved boolean NOT NULL,
  CONSTRAINT leave_days_once PRIMARY KEY (employee_id, date, half)
);
CREATE INDEX leave_days_request ON leave_days (request_id);

CREATE FUNCTION queue_days_of_leave() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO day_queue (employee_id, from_date, to_date)
  SELECT employee_id, min(date), max(date) FROM changed WHERE approved GROUP BY employee_id;
  RETURN NULL;
END $$;
CREATE TRIGGER leave_days_inserted AFTER INSERT ON leave_days REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION queue_days_of_leave();
CREATE TRIGGER leave_days_updated AFTER UPDATE ON leave_days REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION queue_days_of_leave();
CREATE TRIGGER leave_days_deleted AFTER DELETE ON leave_days REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION queue_days_of_leave();

-- Balances as a ledger: appended to, never changed. A balance is the sum of a person's entries of a type and leave year.
CREATE TABLE leave_entries (
  id uuid PRIMARY KEY,
  employee_id uuid NOT NULL,
  type_id uuid NOT NULL REFERENCES leave_types,
  -- The first day of the leave year.
  leave_year date NOT NULL,
  kind text NOT NULL CHECK (kind IN ('ENTITLEMENT', 'CARRIED_IN', 'CARRIED_OUT', 'LAPSED', 'ADJUSTMENT', 'TAKEN', 'GIVEN_BACK')),
  amount integer NOT NULL CHECK (amount <> 0 OR kind = 'ENTITLEMENT'),
  request_id uuid,
  -- Of what was carried in: the last day it is good for.
  good_until date,
  note text,
  at timestamptz NOT NULL,
  by_id uuid
);
CREATE INDEX leave_entries_employee ON leave_entries (employee_id, type_id, leave_year, id);
CREATE INDEX leave_entries_request ON leave_entries (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX leave_entries_type ON leave_entries (type_id, leave_year);
-- Granted once, whichever process and however often it tries.
CREATE UNIQUE INDEX leave_entries_granted ON leave_entries (employee_id, type_id, leave_year) WHERE kind = 'ENTITLEMENT';

-- The sums, kept by the trigger below: a row to lock, and where the floor is held.
CREATE TABLE leave_balances (
  employee_id uuid NOT NULL,
  type_id uuid NOT NULL,
  leave_year date NOT NULL,
  amount integer NOT NULL,
  PRIMARY KEY (employee_id, type_id, leave_year)
);
CREATE INDEX leave_balances_year ON leave_balances (type_id, leave_year, employee_id) WHERE amount <> 0;

CREATE FUNCTION add_up_leave() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO leave_balances AS b (employee_id, type_id, leave_year, amount)
  SELECT employee_id, type_id, leave_year, sum(amount) FROM added
  GROUP BY employee_id, type_id, leave_year ORDER BY employee_id, type_id, leave_year
  ON CONFLICT (employee_id, type_id, leave_year) DO UPDATE SET amount = b.amount + excluded.amount;
  -- Only what people ask for and decide is held to the floor: what the calendar takes (a debt carried over) is not refused.
  IF EXISTS (
    SELECT FROM added a JOIN leave_types t ON t.id = a.type_id JOIN leave_balances b USING (employee_id, type_id, leave_year)
    WHERE a.amount < 0 AND a.kind IN ('TAKEN', 'ADJUSTMENT') AND b.amount < 0
      AND t.entitlement IS NOT NULL AND NOT t.may_go_negative
  ) THEN
    RAISE EXCEPTION 'leave beyond the balance' USING ERRCODE = 'check_violation', CONSTRAINT = 'leave_balance_floor';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER leave_entries_add_up AFTER INSERT ON leave_entries REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION add_up_leave();
