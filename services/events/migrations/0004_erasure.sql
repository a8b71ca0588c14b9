-- Who was erased: whatever is still to come about them is written without them. The two positions say how far the past is.
create table erased_people (
  person_id uuid primary key,
  erased_at timestamptz not null,
  -- The last audit entry that was looked at, and the last notification.
  audit_seq bigint not null default 0,
  notification_id uuid not null default '00000000-0000-0000-0000-000000000000',
  done_at timestamptz
);

-- What is left of an audit entry after an erasure, in place of its payload: what happened and when, not who it was. The chain
-- holds the leaf of what was there; the signature holds this to that leaf.
create table audit_redactions (
  seq bigint primary key,
  payload text not null,
  redacted_at timestamptz not null,
  key_id text not null,
  signature bytea not null
);
