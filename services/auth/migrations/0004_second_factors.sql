-- The authenticator app of a person, at most one. It counts from enabled_at on: before, a code has yet to prove that the
-- secret arrived.
CREATE TABLE totp_factors (
  user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  -- AES-256-GCM by a key derived from AUTH_KEY_SECRET for this very person.
  secret_sealed bytea NOT NULL,
  created_at timestamptz NOT NULL,
  enabled_at timestamptz,
  -- The last step of 30 s whose code was used: no code of it or of an earlier one is good again.
  last_step bigint NOT NULL DEFAULT 0,
  -- Wrong codes in a row, each given with the right password, and how long the next one has to wait.
  failures integer NOT NULL DEFAULT 0,
  blocked_until timestamptz
);

-- What opens the account when the app is lost. SHA-256: the codes carry 125 random bits.
CREATE TABLE recovery_codes (
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  hash bytea NOT NULL,
  created_at timestamptz NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (user_id, hash)
);

-- WebAuthn credentials. The id is ours, credential_id the authenticator's (base64url).
CREATE TABLE passkeys (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  credential_id text NOT NULL UNIQUE,
  -- COSE.
  public_key bytea NOT NULL,
  -- The authenticator's own count of signatures; 0 from those that do not count.
  counter bigint NOT NULL,
  transports text[] NOT NULL,
  name text NOT NULL,
  -- Kept in sync between devices by its provider, as the last use said.
  synced boolean NOT NULL,
  created_at timestamptz NOT NULL,
  last_used_at timestamptz
);
CREATE INDEX passkeys_user ON passkeys (user_id);

-- A challenge that an authenticator is to sign, good once and for minutes; SHA-256 of it. Here and not in memory: the
-- answer may reach another process. user_id is there for a registration only.
CREATE TABLE passkey_challenges (
  hash bytea PRIMARY KEY,
  user_id uuid REFERENCES users ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX passkey_challenges_expiry ON passkey_challenges (expires_at);
