-- When the punch was that somebody wants to be another, or none: finds it by its key, and says which month the wish is about.
ALTER TABLE correction_requests ADD COLUMN target_at timestamptz;
