-- Where a session was last used from; ip is where it began.
ALTER TABLE sessions ADD COLUMN last_ip text;

-- A key is published before it signs, so that nobody meets a token of a key it has not heard of. NULL: since created_at.
ALTER TABLE signing_keys ADD COLUMN signs_from timestamptz;
-- The longest life of an access token that was ever signed by it: what retires with it and what stays revoked depend on
-- that, not on today's setting. A day is the most the setting allows: what is known of keys made before.
ALTER TABLE signing_keys ADD COLUMN longest_token_s integer NOT NULL DEFAULT 86400;
