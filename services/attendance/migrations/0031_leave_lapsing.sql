-- What was carried into a leave year and is good no longer is looked for every few minutes.
CREATE INDEX leave_entries_good_until ON leave_entries (type_id, leave_year, employee_id) WHERE good_until IS NOT NULL;
