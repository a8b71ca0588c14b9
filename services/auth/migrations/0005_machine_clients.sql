-- Machines that sign in by themselves. Like users, they are hidden when they are deleted, until what they held has expired.
CREATE TABLE clients (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  -- Actions of the permission table: all it may ever do.
  scopes text[] NOT NULL,
  active boolean NOT NULL DEFAULT true,
  version integer NOT NULL DEFAULT 1,
  -- As users have it: access tokens of a lower version are refused once the revocation list has travelled.
  token_version integer NOT NULL DEFAULT 1,
  token_version_bumped_at timestamptz,
  last_used_at timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  deleted_at timestamptz
);
CREATE INDEX clients_newest ON clients (created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX clients_bumped ON clients (token_version_bumped_at) WHERE token_version_bumped_at IS NOT NULL;

-- SHA-256 only. Several are good at a time while one replaces another. The id is `sid` in the tokens a secret gets.
CREATE TABLE client_secrets (
  id uuid PRIMARY KEY,
  client_id uuid NOT NULL REFERENCES clients ON DELETE CASCADE,
  hash bytea NOT NULL UNIQUE,
  created_at timestamptz NOT NULL,
  -- NULL: until it is replaced.
  expires_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX client_secrets_client ON client_secrets (client_id);
CREATE INDEX client_secrets_revoked ON client_secrets (revoked_at) WHERE revoked_at IS NOT NULL;

-- A key acts as its person, or as a client, narrowed to its scopes. SHA-256 only; the id is `sid` in its tokens.
CREATE TABLE api_keys (
  id uuid PRIMARY KEY,
  user_id uuid REFERENCES users ON DELETE CASCADE,
  client_id uuid REFERENCES clients ON DELETE CASCADE,
  hash bytea NOT NULL UNIQUE,
  -- The last characters, to recognise it in a list.
  hint text NOT NULL,
  name text NOT NULL,
  scopes text[] NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  last_used_at timestamptz,
  revoked_at timestamptz,
  CHECK (num_nonnulls(user_id, client_id) = 1)
);
CREATE INDEX api_keys_user ON api_keys (user_id, id DESC) WHERE user_id IS NOT NULL;
CREATE INDEX api_keys_client ON api_keys (client_id, id DESC) WHERE client_id IS NOT NULL;
CREATE INDEX api_keys_revoked ON api_keys (revoked_at) WHERE revoked_at IS NOT NULL;
CREATE INDEX api_keys_expiry ON api_keys (expires_at);

-- Kiosks. The site is employee's; it never changes: a device that moves is enrolled again.
CREATE TABLE devices (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  site_id uuid NOT NULL,
  hash bytea NOT NULL UNIQUE,
  active boolean NOT NULL DEFAULT true,
  version integer NOT NULL DEFAULT 1,
  token_version integer NOT NULL DEFAULT 1,
  token_version_bumped_at timestamptz,
  last_seen_at timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  deleted_at timestamptz
);
CREATE INDEX devices_newest ON devices (created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX devices_site ON devices (site_id) WHERE deleted_at IS NULL;
CREATE INDEX devices_bumped ON devices (token_version_bumped_at) WHERE token_version_bumped_at IS NOT NULL;
