-- Each fact queues the dates it reaches and no others: facts that came in one statement queued the dates between them, too, so that how
-- they were split over calls decided which days without work were stored.
CREATE OR REPLACE FUNCTION queue_days_of_punches() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO day_queue (employee_id, from_date, to_date)
  SELECT DISTINCT employee_id, local_date - 5, local_date + 5 FROM facts;
  RETURN NULL;
END $$;
