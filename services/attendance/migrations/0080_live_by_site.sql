-- A site's board reads its plans and sessions in one stretch of an index each, instead of looking up thousands of people.
ALTER TABLE live_plans ADD COLUMN site_id uuid;
UPDATE live_plans l SET site_id = p.site_id FROM people p WHERE p.id = l.employee_id;
DELETE FROM live_plans WHERE site_id IS NULL;
ALTER TABLE live_plans ALTER COLUMN site_id SET NOT NULL;
CREATE INDEX live_plans_site ON live_plans (site_id, date);

-- Who is still in from days ago.
CREATE INDEX attendance_sessions_open_at_site ON attendance_sessions (site_id, id) WHERE check_out_at IS NULL;

-- Whoever moved to another site has sessions at the one before for a while.
ALTER TABLE people ADD COLUMN moved_at timestamptz;
CREATE INDEX people_moved ON people (site_id, moved_at) WHERE moved_at IS NOT NULL;
CREATE FUNCTION note_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.moved_at := now();
  RETURN NEW;
END $$;
CREATE TRIGGER people_move BEFORE UPDATE ON people FOR EACH ROW WHEN (OLD.site_id <> NEW.site_id) EXECUTE FUNCTION note_move();
