-- Projections of the employee service's events. `version` guards against late and repeated deliveries.
CREATE TABLE sites (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  zone text NOT NULL,
  geofence jsonb,
  ip_allow_list text[] NOT NULL DEFAULT '{}',
  deleted boolean NOT NULL DEFAULT false,
  version integer NOT NULL
);

CREATE TABLE people (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  role text NOT NULL,
  department text,
  site_id uuid NOT NULL,
  manager_id uuid,
  status text NOT NULL CHECK (status IN ('active', 'deleted')),
  version integer NOT NULL
);
CREATE INDEX people_manager ON people (manager_id) WHERE manager_id IS NOT NULL;
CREATE INDEX people_department ON people (department) WHERE department IS NOT NULL;

-- Facts: inserted, never changed. No foreign keys: sessions are derived and may be rebuilt, people arrive later than punches.
-- The key serves a person's days in order and already contains the column a monthly partitioning would need.
CREATE TABLE punches (
  id uuid NOT NULL,
  employee_id uuid NOT NULL,
  -- The session this punch opened or closed when it was accepted.
  attendance_id uuid NOT NULL,
  site_id uuid NOT NULL,
  occurred_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  -- What the client claimed, kept beside what counted.
  claimed_at timestamptz,
  local_date date NOT NULL,
  utc_offset_minutes smallint NOT NULL,
  type text NOT NULL CHECK (type IN ('IN', 'OUT', 'BREAK_START', 'BREAK_END')),
  source text NOT NULL CHECK (source IN ('web', 'mobile', 'kiosk', 'offline', 'import', 'correction', 'auto')),
  zone text NOT NULL,
  device_id uuid,
  latitude double precision,
  longitude double precision,
  accuracy_m real,
  notes text,
  idempotency_key text,
  request_hash bytea,
  PRIMARY KEY (employee_id, occurred_at, id)
);
-- A retry after the session was closed must not open another one: the database itself holds one punch per key.
CREATE UNIQUE INDEX punches_idempotency ON punches (employee_id, idempotency_key) WHERE idempotency_key IS NOT NULL;

-- Derived from punches and rebuildable. The id's UUIDv7 time is the check-in's, so id order is the order of lists.
CREATE TABLE attendance_sessions (
  id uuid PRIMARY KEY,
  employee_id uuid NOT NULL,
  site_id uuid NOT NULL,
  check_in_punch_id uuid NOT NULL,
  check_out_punch_id uuid,
  check_in_at timestamptz NOT NULL,
  check_out_at timestamptz,
  date date NOT NULL,
  version integer NOT NULL DEFAULT 1,
  source text NOT NULL,
  zone text NOT NULL,
  CHECK (check_out_at >= check_in_at)
);
-- The double check-in is refused here, whatever the processes above believe.
CREATE UNIQUE INDEX attendance_sessions_open ON attendance_sessions (employee_id) WHERE check_out_at IS NULL;
CREATE INDEX attendance_sessions_employee ON attendance_sessions (employee_id, id);
CREATE INDEX attendance_sessions_site ON attendance_sessions (site_id, id);
