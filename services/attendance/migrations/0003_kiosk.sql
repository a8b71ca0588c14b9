-- What a person types at a kiosk: an HMAC under KIOSK_SECRET, so that six digits cannot be guessed from the database alone. NULL
-- after HR reset it; the row stays, for its version.
CREATE TABLE kiosk_pins (
  employee_id uuid PRIMARY KEY,
  digest bytea,
  version integer NOT NULL DEFAULT 1,
  set_at timestamptz NOT NULL
);

-- Wrong PINs, of the person who was meant and of the device where they were typed. Whoever has none has no row.
CREATE TABLE pin_failures (
  kind text NOT NULL CHECK (kind IN ('person', 'device')),
  id uuid NOT NULL,
  failures integer NOT NULL,
  last_failed_at timestamptz NOT NULL,
  PRIMARY KEY (kind, id)
);
CREATE INDEX pin_failures_age ON pin_failures (last_failed_at);

-- QR codes that were used, for as long as somebody may repeat the request they came with.
CREATE TABLE used_qrs (
  id uuid PRIMARY KEY,
  idempotency_key text,
  used_at timestamptz NOT NULL
);
CREATE INDEX used_qrs_age ON used_qrs (used_at);
