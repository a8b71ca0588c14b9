-- What auth last said about each login, whichever order its events came in: the highest version wins.
CREATE TABLE logins (
  user_id uuid PRIMARY KEY,
  version integer NOT NULL,
  role text,
  deleted boolean NOT NULL DEFAULT false,
  updated_at timestamptz NOT NULL
);

-- Logins that must go because their person never came to be. Kept until auth has confirmed.
CREATE TABLE login_removals (
  user_id uuid PRIMARY KEY,
  email text,
  reason text NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL
);
CREATE INDEX login_removals_due ON login_removals (next_attempt_at);
