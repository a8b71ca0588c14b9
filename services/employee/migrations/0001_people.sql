-- Substring search over a folded column needs trigrams. Trusted since PostgreSQL 13: the database's owner may create it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TABLE sites (
  id uuid PRIMARY KEY,
  version integer NOT NULL DEFAULT 1,
  name text NOT NULL,
  name_key text NOT NULL,
  zone text NOT NULL,
  latitude double precision,
  longitude double precision,
  radius_m integer CHECK (radius_m >= 0),
  ip_allow_list text[] NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  deleted_at timestamptz,
  CHECK ((latitude IS NULL) = (longitude IS NULL) AND (latitude IS NULL) = (radius_m IS NULL))
);
CREATE UNIQUE INDEX sites_name_key ON sites (name_key) WHERE deleted_at IS NULL;

CREATE TABLE departments (
  id uuid PRIMARY KEY,
  version integer NOT NULL DEFAULT 1,
  name text NOT NULL,
  name_key text NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  deleted_at timestamptz
);
CREATE UNIQUE INDEX departments_name_key ON departments (name_key) WHERE deleted_at IS NULL;

-- `pending` exists only between two transactions of a creation and is visible nowhere; a sweep removes what a crash left.
CREATE TABLE people (
  id uuid PRIMARY KEY,
  version integer NOT NULL DEFAULT 1,
  state text NOT NULL CHECK (state IN ('pending', 'active', 'deleted')),
  email text NOT NULL,
  name text NOT NULL,
  role text NOT NULL,
  position text,
  phone text,
  work_id text,
  department_id uuid REFERENCES departments,
  site_id uuid NOT NULL REFERENCES sites,
  manager_id uuid REFERENCES people ON DELETE SET NULL,
  hired_on date,
  photo_version uuid,
  -- Folded by the app (lower case, accents gone): name, position, e-mail, work id; the public one only name and position.
  search text NOT NULL,
  search_public text NOT NULL,
  position_key text,
  -- Who created it with which Idempotency-Key, and a hash of what was asked: a repeated request finds its own person.
  creation_key text,
  creation_hash text,
  -- The first answer, invitation token and all, sealed by the Idempotency-Key itself, which is not kept. Dropped after a day.
  creation_answer bytea,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  deleted_at timestamptz
);
CREATE UNIQUE INDEX people_creation_key ON people (creation_key) WHERE creation_key IS NOT NULL;
CREATE INDEX people_creation_answer ON people (created_at) WHERE creation_answer IS NOT NULL;
CREATE UNIQUE INDEX people_email ON people (email) WHERE state <> 'deleted';
CREATE UNIQUE INDEX people_work_id ON people (work_id) WHERE state <> 'deleted' AND work_id IS NOT NULL;
CREATE INDEX people_newest ON people (created_at DESC, id DESC) WHERE state = 'active';
CREATE INDEX people_by_site ON people (site_id, created_at DESC, id DESC) WHERE state = 'active';
CREATE INDEX people_by_department ON people (department_id, created_at DESC, id DESC) WHERE state = 'active';
CREATE INDEX people_by_position ON people (position_key, created_at DESC, id DESC) WHERE state = 'active';
CREATE INDEX people_by_manager ON people (manager_id) WHERE state = 'active';
CREATE INDEX people_pending ON people (created_at) WHERE state = 'pending';
CREATE INDEX people_admins ON people (id) WHERE state = 'active' AND role = 'admin';
CREATE INDEX people_search ON people USING gin (search gin_trgm_ops) WHERE state = 'active';
CREATE INDEX people_search_public ON people USING gin (search_public gin_trgm_ops) WHERE state = 'active';
