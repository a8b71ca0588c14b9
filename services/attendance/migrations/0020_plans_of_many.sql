-- Plans are read for some hundred people at a time, each by this key; the exclusion constraint's own index is many times slower.
CREATE INDEX shift_assignments_employee ON shift_assignments (employee_id, from_date);
