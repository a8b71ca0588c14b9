-- Attempts under a limit (sign-in, registration, resets), counted for all processes. Unlogged: a crash of PostgreSQL
-- forgets them, and that is all they are worth. Keys are keyed digests: they hold no address and no name.
CREATE UNLOGGED TABLE attempt_counters (
  key text PRIMARY KEY,
  -- What has been counted and not forgotten yet, at counted_at: it leaks at the rule's pace.
  level double precision NOT NULL,
  counted_at timestamptz NOT NULL,
  blocked_until timestamptz,
  -- From here on the level is nothing.
  forget_at timestamptz NOT NULL
) WITH (fillfactor = 70);

-- Counts one attempt under all `rules`, or under none of them when one is blocked: then it returns until when. Each rule is
-- {key, free, leak, first, growth, most}: from the `free`-th counted attempt on, the next one waits `first` seconds, `growth`
-- times as long after each further one, at most `most`; `leak` attempts are forgotten per second. Levels are compared by halves,
-- for what is forgotten while somebody types is no attempt more.
CREATE FUNCTION count_attempt(at timestamptz, rules jsonb) RETURNS timestamptz LANGUAGE plpgsql AS $$
DECLARE
  held timestamptz;
BEGIN
  -- Most refusals of an attack end here, without a lock.
  SELECT max(c.blocked_until) INTO held
  FROM attempt_counters c JOIN jsonb_to_recordset(rules) AS r (key text) USING (key)
  WHERE c.blocked_until > at;
  IF held IS NOT NULL THEN RETURN held; END IF;

  INSERT INTO attempt_counters (key, level, counted_at, forget_at)
  SELECT r.key, 0, at, at FROM jsonb_to_recordset(rules) AS r (key text) ORDER BY r.key
  ON CONFLICT DO NOTHING;
  -- Always in this order, or two attempts could wait for one another.
  PERFORM 1 FROM attempt_counters c
  WHERE c.key IN (SELECT r.key FROM jsonb_to_recordset(rules) AS r (key text))
  ORDER BY c.key FOR UPDATE;
  -- Again, for what came between: parallel guesses must not slip through together.
  SELECT max(c.blocked_until) INTO held
  FROM attempt_counters c JOIN jsonb_to_recordset(rules) AS r (key text) USING (key)
  WHERE c.blocked_until > at;
  IF held IS NOT NULL THEN RETURN held; END IF;

  UPDATE attempt_counters c SET
    level = n.level,
    counted_at = at,
    blocked_until = CASE WHEN n.level >= n.free - 0.5 THEN
      at + make_interval(secs => least(n.most, n.first * n.growth ^ least(round(n.level - n.free), 60))) END,
    forget_at = at + make_interval(secs => n.level / n.leak)
  FROM (
    SELECT r.*, 1 + greatest(0, k.level - r.leak * greatest(0, extract(epoch FROM at - k.counted_at))) AS level
    FROM jsonb_to_recordset(rules) AS r (
      key text, free double precision, leak double precision, first double precision,
      growth double precision, most double precision
    ) JOIN attempt_counters k USING (key)
  ) n
  WHERE c.key = n.key;
  RETURN NULL;
END
$$;

-- Where an account has signed in from: strangers who hammer it do not keep its owner out there. `place` is an IPv4 address
-- or an IPv6 /64.
CREATE TABLE known_places (
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  place text NOT NULL,
  first_seen_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, place)
);
CREATE INDEX known_places_last_seen ON known_places (last_seen_at);

-- Mails to be sent; a row goes when its mail has gone. It holds no token: those are made when the mail is written.
CREATE TABLE mails (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  -- Whom it is for, or the address somebody typed: nobody has looked yet whether there is such an account.
  user_id uuid REFERENCES users ON DELETE CASCADE,
  email_sealed bytea,
  -- What the text tells, for instance the address of a new sign-in.
  details jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  -- Later it helps nobody any more.
  expires_at timestamptz NOT NULL,
  next_try_at timestamptz NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  CHECK ((user_id IS NULL) <> (email_sealed IS NULL))
);
CREATE INDEX mails_due ON mails (next_try_at);

ALTER TABLE users ADD COLUMN email_verified_at timestamptz;
-- Whoever presents a token that was mailed reads that mailbox.
ALTER TABLE one_time_tokens ADD COLUMN mailed boolean NOT NULL DEFAULT false;
