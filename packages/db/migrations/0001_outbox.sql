-- Events that wait for the relay, and for a day after all subscribers have them.
create table outbox (
  id uuid primary key,
  seq bigint generated always as identity,
  topic text not null,
  type text not null,
  subject text,
  payload json not null,
  created_at timestamptz not null default now(),
  published_at timestamptz,
  confirmed_at timestamptz,
  -- How often it was published, or refused; the next look is due at next_check_at.
  attempts integer not null default 0,
  next_check_at timestamptz
) with (
  -- Every row is updated twice and deleted once: vacuum by count, not by share, or the partial indexes fill with dead entries.
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 5000,
  autovacuum_vacuum_insert_threshold = -1,
  autovacuum_analyze_scale_factor = 0,
  autovacuum_analyze_threshold = 20000,
  autovacuum_vacuum_cost_delay = 1
);

create index outbox_unpublished on outbox (seq) where published_at is null;
create index outbox_unconfirmed on outbox (next_check_at) where published_at is not null and confirmed_at is null;
-- For the purge: rows arrive in this order, so a few pages of index cover the table.
create index outbox_created on outbox using brin (created_at);
