-- The id a device gave its punch, for good: the same punch again is the same row, whoever brings it. `request_hash` is what it said.
ALTER TABLE punches ADD COLUMN client_id uuid;
-- The call that brought it: the evidence behind a corrected time. `claimed_at` keeps what the device's clock said.
ALTER TABLE punches ADD COLUMN sync_id uuid;
ALTER TABLE punches ADD COLUMN flags text[] NOT NULL DEFAULT '{}';
CREATE UNIQUE INDEX punches_client ON punches (employee_id, client_id) WHERE client_id IS NOT NULL;

-- On a break since then; only while the session is open.
ALTER TABLE attendance_sessions ADD COLUMN break_since timestamptz;
-- Of its punches. MISSING_CHECK_OUT: closed without one, at its beginning, since the person came again.
ALTER TABLE attendance_sessions ADD COLUMN flags text[] NOT NULL DEFAULT '{}';

-- One row per call that brought punches: what the device's clock showed when ours showed `received_at`. `applied_ms` was taken off.
CREATE TABLE sync_calls (
  id uuid PRIMARY KEY,
  owner_id uuid NOT NULL,
  device_id uuid,
  sent_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  skew_ms bigint NOT NULL,
  applied_ms bigint NOT NULL,
  believed boolean NOT NULL
);
CREATE INDEX sync_calls_owner ON sync_calls (owner_id, id);

-- Devices as last seen. `owner_id`: the kiosk itself, or the person who syncs; nobody moves the clock of somebody else's device.
CREATE TABLE sync_devices (
  owner_id uuid NOT NULL,
  device_id uuid NOT NULL,
  -- Of a kiosk.
  site_id uuid,
  skew_ms bigint NOT NULL,
  seen_at timestamptz NOT NULL,
  -- By our clock: everything punched at this kiosk until then is here.
  complete_until timestamptz,
  PRIMARY KEY (owner_id, device_id)
);
CREATE INDEX sync_devices_site ON sync_devices (site_id) WHERE complete_until IS NOT NULL;

-- Punches that were not believed: facts that wait for a person's decision, and never get lost. Settled: became a punch, or was dismissed.
CREATE TABLE held_punches (
  id uuid PRIMARY KEY,
  employee_id uuid NOT NULL,
  client_id uuid NOT NULL,
  type text NOT NULL CHECK (type IN ('IN', 'OUT', 'BREAK_START', 'BREAK_END')),
  claimed_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  site_id uuid NOT NULL,
  device_id uuid,
  sync_id uuid NOT NULL,
  reason text NOT NULL CHECK (reason IN ('clock_not_believed', 'too_old')),
  notes text,
  request_hash bytea NOT NULL,
  settled_at timestamptz,
  settled_by uuid
);
CREATE UNIQUE INDEX held_punches_client ON held_punches (employee_id, client_id);
CREATE INDEX held_punches_waiting ON held_punches (id) WHERE settled_at IS NULL;

-- How a site wants punches that are not where they should be. No row: the defaults of the domain.
CREATE TABLE site_settings (
  site_id uuid PRIMARY KEY,
  geofence text NOT NULL CHECK (geofence IN ('off', 'flag', 'refuse')),
  missing_place text NOT NULL CHECK (missing_place IN ('off', 'flag', 'refuse')),
  ip_allow_list text NOT NULL CHECK (ip_allow_list IN ('off', 'flag', 'refuse')),
  kiosk_lag_hours integer NOT NULL CHECK (kiosk_lag_hours BETWEEN 0 AND 336),
  version integer NOT NULL
);

-- The number people are known by at devices; also in 0015, whichever comes first.
ALTER TABLE people ADD COLUMN IF NOT EXISTS work_id text;
CREATE INDEX IF NOT EXISTS people_work_id ON people (work_id) WHERE work_id IS NOT NULL;
