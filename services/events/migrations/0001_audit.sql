-- The audit log: one row per event, chained, so that a change made past the application is found by verification.
-- hash = H(hash of the row before ‖ seq ‖ leaf), leaf = H(salt ‖ payload), H = SHA-256, seq = 8 bytes big-endian.
create table audit_entries (
  seq bigint primary key,
  id uuid not null unique,
  event_type text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  user_id uuid,
  entity_type text not null,
  entity_id uuid,
  -- The person concerned, where that is not the entity itself.
  person_id uuid,
  leaf bytea not null,
  hash bytea not null,
  -- Text, never jsonb: the hash is over these very bytes. Both are null once a person's data was erased.
  payload text,
  salt bytea,
  check ((payload is null) = (salt is null))
);

create index audit_entries_time on audit_entries (occurred_at, seq);
create index audit_entries_user on audit_entries (user_id, occurred_at, seq) where user_id is not null;
create index audit_entries_type on audit_entries (event_type, occurred_at, seq);
create index audit_entries_entity on audit_entries (entity_id, occurred_at, seq) where entity_id is not null;
create index audit_entries_person on audit_entries (person_id, occurred_at, seq) where person_id is not null;

-- The end of the chain. Whoever appends locks this row, so seq has no gaps whatever commits or rolls back.
create table audit_head (
  singleton boolean primary key default true check (singleton),
  seq bigint not null,
  hash bytea not null,
  signed_at timestamptz,
  key_id text,
  signature bytea
);
insert into audit_head (seq, hash) values (0, decode(repeat('00', 32), 'hex'));

-- Earlier heads with their signatures: a tail cut off together with the head row is found by them.
create table audit_checkpoints (
  seq bigint primary key,
  hash bytea not null,
  signed_at timestamptz not null,
  key_id text not null,
  signature bytea not null
);

-- Counting millions of rows for a dashboard would cost seconds; the appender knows the numbers anyway.
create table audit_counts (
  event_type text primary key,
  total bigint not null
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  if new.payload is null and new.salt is null
    and to_jsonb(new) - 'payload' - 'salt' = to_jsonb(old) - 'payload' - 'salt' then
    return new;
  end if;
  raise exception 'audit_entries is append-only: only payload and salt may be erased, together'
    using errcode = 'insufficient_privilege';
end $$;

create trigger audit_entries_update before update on audit_entries for each row execute function refuse_audit_change();
create trigger audit_entries_delete before delete on audit_entries for each row execute function refuse_change();
create trigger audit_entries_truncate before truncate on audit_entries execute function refuse_change();
create trigger audit_checkpoints_change before update or delete on audit_checkpoints
  for each row execute function refuse_change();
create trigger audit_checkpoints_truncate before truncate on audit_checkpoints execute function refuse_change();
create trigger audit_head_delete before delete on audit_head for each row execute function refuse_change();
create trigger audit_head_truncate before truncate on audit_head execute function refuse_change();
