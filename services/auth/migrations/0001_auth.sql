-- One row per person who may sign in. Rows are never removed while history points at them: deleted_at hides them.
CREATE TABLE users (
  id uuid PRIMARY KEY,
  email text NOT NULL CHECK (email = lower(email)),
  -- Another name to sign in by; the e-mail's local part where it was free.
  username text CHECK (username = lower(username) AND position('@' IN username) = 0),
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('admin', 'hr', 'manager', 'employee', 'kiosk', 'teacher')),
  work_id text,
  work_location text,
  -- NULL until an invitation was accepted.
  password_hash text,
  password_changed_at timestamptz,
  -- What an administrator set. The person's deletion in employee is kept apart, so that its undoing does not undo this.
  active boolean NOT NULL DEFAULT true,
  person_deleted boolean NOT NULL DEFAULT false,
  -- The highest version of the person that was applied: events of employee arrive in any order.
  person_version integer NOT NULL DEFAULT 0,
  -- The aggregate's version, carried by events.
  version integer NOT NULL DEFAULT 1,
  -- Access tokens of a lower version are refused once the revocation list has travelled.
  token_version integer NOT NULL DEFAULT 1,
  token_version_bumped_at timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  deleted_at timestamptz
);
CREATE UNIQUE INDEX users_email ON users (email) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX users_username ON users (username) WHERE deleted_at IS NULL;
CREATE INDEX users_newest ON users (created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX users_bumped ON users (token_version_bumped_at) WHERE token_version_bumped_at IS NOT NULL;

-- One sign-in on one device: the family of all refresh tokens that follow from it.
CREATE TABLE sessions (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  device text,
  ip text,
  user_agent text,
  created_at timestamptz NOT NULL,
  last_used_at timestamptz NOT NULL,
  -- Slides with every refresh, never past absolute_expires_at.
  expires_at timestamptz NOT NULL,
  absolute_expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  revoke_reason text,
  CHECK ((revoked_at IS NULL) = (revoke_reason IS NULL))
);
CREATE INDEX sessions_live ON sessions (user_id) WHERE revoked_at IS NULL;
CREATE INDEX sessions_revoked ON sessions (revoked_at) WHERE revoked_at IS NOT NULL;
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- Hashes only. A rotated token keeps its successor, sealed by a key that only the rotated token itself yields: within
-- the grace a racing tab gets the very same successor, so a family never has two live branches.
CREATE TABLE refresh_tokens (
  hash bytea PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES sessions ON DELETE CASCADE,
  issued_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  rotated_at timestamptz,
  successor bytea,
  CHECK ((rotated_at IS NULL) = (successor IS NULL))
);
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);

-- Invitations; resets and e-mail verification come as other purposes. Hashes only.
CREATE TABLE one_time_tokens (
  hash bytea PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  purpose text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX one_time_tokens_user ON one_time_tokens (user_id, purpose);
CREATE INDEX one_time_tokens_expiry ON one_time_tokens (expires_at);

-- A withdrawn login: the request that opens it may still be on its way and must not open it afterwards.
CREATE TABLE withdrawn_logins (
  id uuid PRIMARY KEY,
  withdrawn_at timestamptz NOT NULL
);

-- The newest key that has not retired signs; every key verifies until expires_at.
CREATE TABLE signing_keys (
  kid text PRIMARY KEY,
  alg text NOT NULL,
  public_jwk jsonb NOT NULL,
  -- AES-256-GCM by a key derived from AUTH_KEY_SECRET.
  private_jwk_sealed bytea NOT NULL,
  created_at timestamptz NOT NULL,
  retired_at timestamptz,
  expires_at timestamptz
);
