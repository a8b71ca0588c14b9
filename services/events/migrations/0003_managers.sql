-- Who manages whom, projected from employee events: a manager is told the presence of their own reports only.
create table managers (
  employee_id uuid primary key,
  manager_id uuid,
  version integer not null
);
