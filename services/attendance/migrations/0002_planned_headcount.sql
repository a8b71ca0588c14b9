-- How many people are expected to clock in and out, per site and quarter of an hour. Whoever knows writes it: an
-- administrator today, the roster later, by the same statement. The key begins with the time, since scaling asks for all sites.
CREATE TABLE planned_headcount (
  site_id uuid NOT NULL,
  starts_at timestamptz NOT NULL CHECK (date_bin('15 minutes', starts_at, 'epoch') = starts_at),
  check_ins integer NOT NULL CHECK (check_ins >= 0),
  check_outs integer NOT NULL CHECK (check_outs >= 0),
  PRIMARY KEY (starts_at, site_id),
  CHECK (check_ins + check_outs > 0)
);
CREATE INDEX planned_headcount_site ON planned_headcount (site_id, starts_at);

-- One row per site that was ever planned: its lock, so that two plans of one site are written one after the other.
CREATE TABLE headcount_plans (
  site_id uuid PRIMARY KEY,
  version integer NOT NULL DEFAULT 0
);
