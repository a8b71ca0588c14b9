/**
 * Makes the data folder on the first start, as the official image does for what a trial cluster needs of it:
 * POSTGRES_PASSWORD, POSTGRES_USER, POSTGRES_DB, PGDATA, and `/docker-entrypoint-initdb.d/*.sql` (one statement a line).
 */
export const postgresEntrypoint = `#!/bin/sh
set -eu
if [ "\${1:-postgres}" = postgres ] && [ ! -s "$PGDATA/PG_VERSION" ]; then
  : "\${POSTGRES_PASSWORD:?POSTGRES_PASSWORD is required to make the database}"
  user=\${POSTGRES_USER:-postgres}
  umask 077
  mkdir -p "$PGDATA"
  printf '%s' "$POSTGRES_PASSWORD" > /tmp/password
  initdb -D "$PGDATA" -U "$user" --pwfile=/tmp/password --auth=scram-sha-256 --encoding=UTF8 --locale=C --no-instructions
  rm /tmp/password
  printf 'host all all all scram-sha-256\\n' >> "$PGDATA/pg_hba.conf"
  single() { postgres --single -D "$PGDATA" "$@" > /dev/null; }
  database=\${POSTGRES_DB:-$user}
  [ "$database" = postgres ] || printf 'create database "%s";\\n' "$database" | single postgres
  for file in /docker-entrypoint-initdb.d/*.sql; do
    [ ! -f "$file" ] || single "$database" < "$file"
  done
fi
[ "\${1:-postgres}" != postgres ] || { shift; set -- postgres -c listen_addresses='*' -c unix_socket_directories=/tmp "$@"; }
exec "$@"
`;
