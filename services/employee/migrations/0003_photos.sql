-- Objects in the photo store that no person points to: written before an upload, taken out when the person points there,
-- put back when it no longer does. So a crash at any moment leaves a row, never a lost object.
CREATE TABLE photo_garbage (
  key text PRIMARY KEY,
  attempts integer NOT NULL DEFAULT 0,
  delete_after timestamptz NOT NULL
);
CREATE INDEX photo_garbage_due ON photo_garbage (delete_after);
