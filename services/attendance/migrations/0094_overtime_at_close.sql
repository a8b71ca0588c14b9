-- Days whose overtime nobody decided before the month was closed. Null: closed before they were counted.
ALTER TABLE month_closes ADD COLUMN overtime_awaiting integer;
