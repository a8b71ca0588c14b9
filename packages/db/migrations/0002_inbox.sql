-- What this service's consumers have handled: the row makes a second delivery harmless.
create table inbox (
  event_id uuid not null,
  consumer text not null,
  received_at timestamptz not null default now(),
  primary key (event_id, consumer)
);
create index inbox_received on inbox using brin (received_at);

-- Events that kept failing, until somebody looks, mends and sends again.
create table dead_letters (
  id uuid primary key,
  event_id uuid unique,
  topic text not null,
  type text,
  payload json not null,
  reason text,
  attempts integer not null default 0,
  parked_at timestamptz not null default now(),
  last_tried_at timestamptz
);
create index dead_letters_parked on dead_letters (parked_at);
