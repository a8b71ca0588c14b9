-- Answers given to requests that carried an Idempotency-Key, for a day.
create table idempotency_keys (
  scope text not null,
  key text not null,
  fingerprint text not null,
  status integer,
  body json,
  headers json,
  created_at timestamptz not null default now(),
  primary key (scope, key)
) with (fillfactor = 70);
create index idempotency_keys_created on idempotency_keys using brin (created_at);
