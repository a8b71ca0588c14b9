import { migrate } from '@muster/db';
import { silentLog, testDatabase } from '@muster/testing';
import { describe, expect, it } from 'vitest';
import { migrations } from './support/harness.ts';

describe('migrations', () => {
  it('run once, a second time nothing', async () => {
    const { sql, drop } = await testDatabase();
    const first = await migrate({ sql, folder: migrations, log: silentLog });
    expect(first).toEqual(['0001_people.sql', '0002_logins.sql', '0003_photos.sql', '0004_privacy.sql']);
    expect(await migrate({ sql, folder: migrations, log: silentLog })).toEqual([]);
    await drop();
  });

  it('search uses its trigram index', async () => {
    const { sql, drop } = await testDatabase({ folder: migrations });
    const site = '0198aaaa-0000-7000-8000-000000000001';
    await sql`insert into sites (id, name, name_key, zone, created_at, updated_at) values (${site}, 'S', 's', 'Etc/UTC', now(), now())`;
    await sql`
      insert into people (id, state, email, name, role, site_id, search, search_public, created_at, updated_at)
      select uuidv7(), 'active', md5(n::text), 'N', 'employee', ${site}, md5(n::text), 'n', now(), now()
      from generate_series(1, 20000) as n
    `;
    await sql`analyze people`;
    const plan = await sql`explain select id from people p where p.state = 'active' and p.search like ${'%abcdef%'}`;
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain('people_search');
    await drop();
  });
});
