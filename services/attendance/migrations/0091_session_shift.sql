-- The shift a session is counted against: the door fills it in from the plans around now, whoever derives the day keeps it in line with it.
ALTER TABLE attendance_sessions
  ADD COLUMN shift_id uuid,
  ADD COLUMN shift_name text,
  -- The local date of that shift's start, which is the attendance date.
  ADD COLUMN shift_date date,
  -- Whole minutes, also those that grace excuses; after which instant, and how many of them are excused.
  ADD COLUMN late_minutes integer NOT NULL DEFAULT 0,
  ADD COLUMN late_after timestamptz,
  ADD COLUMN late_grace integer,
  ADD COLUMN early_exit_minutes integer NOT NULL DEFAULT 0,
  ADD COLUMN early_exit_before timestamptz,
  ADD COLUMN early_exit_grace integer;

-- What the door needs of a date's shifts. Beside what boards read, so that they hand no more on than before.
ALTER TABLE live_plans ADD COLUMN door text NOT NULL DEFAULT '[]';

-- Plans and sessions that were there before: first those around now, whose people stand at the door, then a month at a time, the last
-- first. Who came after midnight may count for the date before.
INSERT INTO day_queue (employee_id, from_date, to_date)
SELECT employee_id, min(date), max(date) FROM live_plans GROUP BY employee_id;
INSERT INTO day_queue (employee_id, from_date, to_date)
SELECT employee_id, min(date) - 1, max(date) + 1 FROM attendance_sessions
GROUP BY employee_id, date_trunc('month', date) ORDER BY date_trunc('month', date) DESC, employee_id;
