-- Approved corrections: facts like punches, inserted and never changed. What was asked and refused is kept elsewhere.
CREATE TABLE corrections (
  id uuid PRIMARY KEY,
  employee_id uuid NOT NULL,
  change text NOT NULL CHECK (change IN ('add', 'replace', 'void')),
  -- A punch or an earlier correction.
  target_id uuid,
  type text CHECK (type IN ('IN', 'OUT', 'BREAK_START', 'BREAK_END')),
  occurred_at timestamptz,
  decided_at timestamptz NOT NULL,
  decided_by uuid NOT NULL,
  reason text,
  CHECK ((change = 'add') = (target_id IS NULL)),
  CHECK ((change = 'void') = (occurred_at IS NULL)),
  CHECK ((occurred_at IS NULL) = (type IS NULL))
);
CREATE INDEX corrections_employee ON corrections (employee_id, id);
CREATE INDEX corrections_target ON corrections (target_id) WHERE target_id IS NOT NULL;

-- Derived from facts, and rebuildable from them alone. `day` is the whole day, byte for byte; the columns are what lists and the
-- month close filter and add up. Durations are milliseconds. A date on which nothing happens has no row.
CREATE TABLE attendance_days (
  employee_id uuid NOT NULL,
  date date NOT NULL,
  rules text NOT NULL,
  status text NOT NULL,
  flags text[] NOT NULL,
  worked_ms integer NOT NULL,
  expected_ms integer NOT NULL,
  overtime_ms integer NOT NULL,
  late_minutes integer NOT NULL,
  early_exit_minutes integer NOT NULL,
  -- When time alone changes it: looked at again then. Null: settled.
  due_at timestamptz,
  day text NOT NULL,
  PRIMARY KEY (employee_id, date)
);
CREATE INDEX attendance_days_due ON attendance_days (due_at) WHERE due_at IS NOT NULL;

-- Days to derive again. Appended to in the transaction of the fact, and never updated: a punch must not wait for a worker.
CREATE TABLE day_queue (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  employee_id uuid NOT NULL,
  from_date date NOT NULL,
  to_date date NOT NULL
);

-- A fact reaches as many dates as `factsReach` of the domain says, seen from the fact's side.
CREATE FUNCTION queue_days_of_punches() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO day_queue (employee_id, from_date, to_date)
  SELECT employee_id, min(local_date) - 5, max(local_date) + 5 FROM facts GROUP BY employee_id;
  RETURN NULL;
END $$;
CREATE TRIGGER punches_queue_days AFTER INSERT ON punches REFERENCING NEW TABLE AS facts
  FOR EACH STATEMENT EXECUTE FUNCTION queue_days_of_punches();

-- A correction changes the days around the punch it brings, and around everything else that was ever said about the same punch: what
-- counted before, and what counts again. Its target is there before it.
CREATE FUNCTION queue_days_of_corrections() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO day_queue (employee_id, from_date, to_date)
  WITH RECURSIVE told AS (
    SELECT id, employee_id, target_id, occurred_at FROM facts
    UNION
    SELECT c.id, c.employee_id, c.target_id, c.occurred_at FROM corrections c
    JOIN told t ON c.id = t.target_id OR c.target_id = t.id OR c.target_id = t.target_id
  ), touched AS (
    SELECT employee_id, occurred_at FROM told WHERE occurred_at IS NOT NULL
    UNION
    SELECT p.employee_id, p.occurred_at FROM punches p JOIN told t ON p.employee_id = t.employee_id AND p.id = t.target_id
  )
  SELECT employee_id, (occurred_at AT TIME ZONE 'UTC')::date - 6, (occurred_at AT TIME ZONE 'UTC')::date + 6 FROM touched;
  RETURN NULL;
END $$;
CREATE TRIGGER corrections_queue_days AFTER INSERT ON corrections REFERENCING NEW TABLE AS facts
  FOR EACH STATEMENT EXECUTE FUNCTION queue_days_of_corrections();

-- The days of what was punched before this table was there.
INSERT INTO day_queue (employee_id, from_date, to_date)
SELECT employee_id, min(local_date) - 5, max(local_date) + 5 FROM punches GROUP BY employee_id;
