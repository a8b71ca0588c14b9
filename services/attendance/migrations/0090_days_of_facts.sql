-- Each fact queues the dates it reaches and no others: facts that came in one statement queued the dates between them, too, so that how
-- they were split over calls decided which days without work were stored. What meets is one row, or a month that comes at once would be
-- derived once for each of its dates.
CREATE OR REPLACE FUNCTION queue_days_of_punches() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO day_queue (employee_id, from_date, to_date)
  SELECT employee_id, lower(span), upper(span) - 1 FROM (
    SELECT employee_id, unnest(range_agg(daterange(local_date - 5, local_date + 5, '[]'))) AS span FROM facts GROUP BY employee_id
  ) AS reached ORDER BY employee_id, span;
  RETURN NULL;
END $$;
