# A role and a database for each service, safe to run again: what is there keeps its data and gets the password of the Secret.
set -eu
for service in $SERVICES; do
  export SERVICE="$service"
  eval "export SERVICE_PASSWORD=\$PASSWORD_$service"
  psql "$ADMIN_URL" --no-psqlrc --quiet --tuples-only --set=ON_ERROR_STOP=1 <<'SQL'
\getenv name SERVICE
\getenv password SERVICE_PASSWORD
select format('create role %I login', :'name')
 where not exists (select from pg_roles where rolname = :'name') \gexec
alter role :"name" with login password :'password';
-- Who is no superuser may only give a database to a role it is a member of.
select format('grant %I to current_user', :'name')
 where not (select rolsuper from pg_roles where rolname = current_user) \gexec
select format('create database %I owner %I', :'name', :'name')
 where not exists (select from pg_database where datname = :'name') \gexec
revoke all on database :"name" from public;
SQL
  echo "database and role $service are there"
done
