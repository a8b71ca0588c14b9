-- A class and where it is: the site's day is the day its marks belong to. A deleted one keeps its marks.
CREATE TABLE classes (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  -- The name as people compare it.
  name_key text NOT NULL,
  site_id uuid NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  deleted_at timestamptz
);
CREATE UNIQUE INDEX classes_name_key ON classes (site_id, name_key) WHERE deleted_at IS NULL;
CREATE INDEX classes_list ON classes (name_key, id) WHERE deleted_at IS NULL;

CREATE TABLE class_teachers (
  class_id uuid NOT NULL REFERENCES classes (id),
  person_id uuid NOT NULL,
  PRIMARY KEY (class_id, person_id)
);
CREATE INDEX class_teachers_person ON class_teachers (person_id);

CREATE TABLE class_members (
  class_id uuid NOT NULL REFERENCES classes (id),
  person_id uuid NOT NULL,
  PRIMARY KEY (class_id, person_id)
);
CREATE INDEX class_members_person ON class_members (person_id);

-- What counts: the last mark of a student's day. `marked_at` grows with every version, to the millisecond, so it tells a
-- cached value that is this mark from one that was.
CREATE TABLE class_marks (
  student_id uuid NOT NULL,
  class_id uuid NOT NULL,
  date date NOT NULL,
  status text NOT NULL CHECK (status IN ('present', 'absent', 'late', 'excused')),
  marked_at timestamptz(3) NOT NULL,
  marked_by uuid NOT NULL,
  version integer NOT NULL DEFAULT 1,
  -- Until when Redis may hold it: what has to be dropped when the class is.
  cached_until timestamptz NOT NULL,
  PRIMARY KEY (class_id, date, student_id)
);
CREATE INDEX class_marks_student ON class_marks (student_id, date, class_id);

-- Every mark that was made: inserted, never changed.
CREATE TABLE class_mark_history (
  student_id uuid NOT NULL,
  class_id uuid NOT NULL,
  date date NOT NULL,
  version integer NOT NULL,
  status text NOT NULL,
  marked_at timestamptz(3) NOT NULL,
  marked_by uuid NOT NULL,
  PRIMARY KEY (student_id, date, class_id, version)
);

-- Keys that could not be written or dropped in Redis: dropped as soon as it is back.
CREATE TABLE class_cache_owed (
  key text PRIMARY KEY
);
