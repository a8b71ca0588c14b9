-- What is planned for a person around now, a row a date, derived beside the attendance day: what a live board needs of shifts, leave
-- and holidays without deriving thousands of days. Kept for a few days around today only.
CREATE TABLE live_plans (
  employee_id uuid NOT NULL,
  date date NOT NULL,
  -- When it counts: from midnight, or where check-ins for its first shift begin, until midnight, or where check-outs for its last end.
  from_at timestamptz NOT NULL,
  until_at timestamptz NOT NULL,
  -- Shifts and leave, instants in Unix milliseconds. Text: it is handed on as it is.
  plan text NOT NULL,
  PRIMARY KEY (employee_id, date)
);
CREATE INDEX live_plans_age ON live_plans (date);

-- Days that were derived before this table was there.
INSERT INTO day_queue (employee_id, from_date, to_date)
SELECT employee_id, current_date - 1, current_date + 1 FROM attendance_days WHERE date >= current_date - 1 GROUP BY employee_id;
