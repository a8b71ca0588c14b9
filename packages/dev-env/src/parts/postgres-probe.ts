import postgres from 'postgres';
import type { PartsContext } from './context.ts';
import { databaseUrl } from './postgres-url.ts';

type Server = Pick<PartsContext, 'ports' | 'secrets'>;

/** One connection of the superuser, closed when `work` is done. */
export async function asSuperuser<T>(
  { ports, secrets }: Server,
  work: (sql: postgres.Sql) => Promise<T>,
  database = 'postgres',
): Promise<T> {
  const sql = postgres(databaseUrl(ports, secrets, 'postgres', database), {
    max: 1,
    connect_timeout: 3,
    onnotice: () => {},
    backoff: () => 0,
  });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** False while Postgres is away or still starting up. */
export const canLogIn = (server: Server): Promise<boolean> =>
  asSuperuser(server, (sql) => sql`select 1`).then(
    () => true,
    () => false,
  );
