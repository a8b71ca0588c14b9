-- Where no date of employment changed, only stored days are derived again: somebody new has none, and queues nothing.
CREATE OR REPLACE FUNCTION queue_days_of_people() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  stored record;
  changed date[] := '{}';
  reach record;
BEGIN
  SELECT min(date) - 6 AS low, max(date) + 6 AS high INTO stored FROM attendance_days WHERE employee_id = NEW.id;
  IF TG_OP = 'UPDATE' AND OLD.hired_on IS DISTINCT FROM NEW.hired_on THEN
    changed := changed || ARRAY[OLD.hired_on, NEW.hired_on];
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.left_at IS DISTINCT FROM NEW.left_at THEN
    changed := changed || ARRAY[OLD.left_at::date - 1, NEW.left_at::date - 1];
  END IF;
  -- Null where nothing changed; `least` and `greatest` pass over that.
  SELECT CASE WHEN min(d) IS NOT NULL THEN greatest(min(d), current_date - 92) END AS low,
    CASE WHEN max(d) IS NOT NULL THEN least(max(d), current_date) + 92 END AS high
    INTO reach FROM unnest(changed) AS c (d);
  INSERT INTO day_queue (employee_id, from_date, to_date)
  SELECT NEW.id, low, high FROM (SELECT least(stored.low, reach.low) AS low, greatest(stored.high, reach.high) AS high) AS both_of_them
  WHERE low <= high;
  RETURN NULL;
END $$;
