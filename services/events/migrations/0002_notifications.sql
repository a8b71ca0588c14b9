-- Who may be told: projected from auth events. Role and activity carry versions of their own, since order is not
-- promised and not every event speaks of both.
create table recipients (
  user_id uuid primary key,
  role text,
  role_version integer not null default -1,
  active boolean not null default true,
  active_version integer not null default -1
);
create index recipients_role on recipients (role) where active;

-- The last sequence number given to each recipient.
create table notification_feeds (
  user_id uuid primary key,
  last_seq bigint not null
);

create table notifications (
  id uuid primary key,
  user_id uuid not null,
  seq bigint not null,
  type text not null,
  title text not null,
  data json not null,
  -- Whether it also goes out over sockets, decided by the preference at the time.
  live boolean not null,
  created_at timestamptz not null,
  read_at timestamptz,
  unique (user_id, seq)
);
create index notifications_unread on notifications (user_id, seq) where read_at is null;

-- Only what differs from the default (both channels on) needs a row.
create table notification_preferences (
  user_id uuid not null,
  kind text not null,
  in_app boolean not null,
  live boolean not null,
  primary key (user_id, kind)
);
