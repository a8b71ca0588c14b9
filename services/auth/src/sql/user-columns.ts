import type { Db } from '@muster/db';

const format = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"';

/** The columns of a user as `domain/user.ts` knows it; `table` is the alias they are read from. */
export const userColumns = (sql: Db, table = 'users') => {
  const t = sql(table);
  return sql`
    ${t}.id, ${t}.email, ${t}.username, ${t}.name, ${t}.role, ${t}.work_id as "workId",
    ${t}.work_location as "workLocation", ${t}.active, ${t}.person_deleted as "personDeleted",
    ${t}.person_version as "personVersion", ${t}.password_hash is null as invited,
    ${t}.email_verified_at is not null as "emailVerified", ${t}.version,
    ${t}.token_version as "tokenVersion", to_char(${t}.created_at at time zone 'UTC', ${format}) as "createdAt",
    to_char(${t}.updated_at at time zone 'UTC', ${format}) as "updatedAt"
  `;
};
