-- Dates of leaves that a calendar made another day: what they cost follows. Appended to only, so that a change of a calendar waits for no worker.
CREATE TABLE leave_recounts (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  request_id uuid NOT NULL,
  date date NOT NULL
);
-- Who is on leave on a date.
CREATE INDEX leave_days_date ON leave_days (date);

ALTER TABLE leave_entries DROP CONSTRAINT leave_entries_kind_check;
ALTER TABLE leave_entries ADD CONSTRAINT leave_entries_kind_check
  CHECK (kind IN ('ENTITLEMENT', 'CARRIED_IN', 'CARRIED_OUT', 'LAPSED', 'ADJUSTMENT', 'TAKEN', 'GIVEN_BACK', 'RECOUNTED'));
