import { serviceSecrets } from '../env/secrets.ts';
import type { PartsContext } from './context.ts';
import { asSuperuser } from './postgres-probe.ts';

/** Gives each service a role that owns its database and can connect to no other. Safe to run again. */
export async function makeDatabases(context: PartsContext, services: readonly string[]): Promise<void> {
  await asSuperuser(context, async (sql) => {
    const databases = new Set((await sql`select datname from pg_database`).map((row) => row.datname as string));
    const roles = new Set((await sql`select rolname from pg_roles`).map((row) => row.rolname as string));
    await sql`revoke connect on database postgres from public`;
    await sql`revoke connect on database template1 from public`;
    for (const service of services) {
      const { databasePassword } = serviceSecrets(context.secrets, service);
      // Passwords of ours are base64url: nothing in them needs escaping. CREATE ROLE takes no parameters.
      if (!roles.has(service)) await sql.unsafe(`create role "${service}" login password '${databasePassword}'`);
      if (databases.has(service)) continue;
      await sql.unsafe(`create database "${service}" owner "${service}"`);
      await sql.unsafe(`revoke all on database "${service}" from public`);
    }
  });
}
