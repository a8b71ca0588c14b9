import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageSpec, LayerSpec } from '../archive/image-spec.ts';
import { sharedLibraries } from '../archive/shared-libraries.ts';
import { NONROOT, systemLayer } from './base-layers.ts';
import { postgresEntrypoint } from './postgres-entrypoint.ts';

/** Programs of this machine that the trial stores are made of. */
export interface StorePrograms {
  redisServer: string;
  redisCli: string;
  versitygw: string;
  /** Folder with `bin/`, `lib/` and `share/`. */
  postgres: string;
}

/** The images that `k8s/dev-stores` asks for, so that ours stand in where no registry is to be reached. */
export const storeNames = {
  redis: 'docker.io/library/redis:7',
  s3: 'docker.io/versity/versitygw:v1.8.0',
  postgres: 'docker.io/library/postgres:18',
};

/** Redis, S3 and PostgreSQL for a trial cluster without a registry: not for production. */
export async function storeImages(programs: StorePrograms, names = storeNames): Promise<ImageSpec[]> {
  const user = NONROOT;
  const base = [systemLayer];
  return [
    {
      tags: [names.redis],
      base,
      user,
      programs: { '/usr/local/bin/redis-server': programs.redisServer, '/usr/local/bin/redis-cli': programs.redisCli },
      folders: { '/data': 0o777 },
      workdir: '/data',
      entrypoint: ['redis-server'],
      ports: [6379],
    },
    {
      tags: [names.s3],
      base,
      user,
      programs: { '/usr/local/bin/versitygw': programs.versitygw },
      folders: { '/data': 0o777 },
      entrypoint: ['versitygw'],
      // A folder as the bucket's home, given as `posix /data`.
      cmd: ['--port', ':7070', 'posix', '/data'],
      ports: [7070],
    },
    {
      tags: [names.postgres],
      base: [...base, await postgresLayer(programs.postgres)],
      user,
      texts: { '/usr/local/bin/docker-entrypoint': { text: postgresEntrypoint, mode: 0o755 } },
      env: { PATH: '/usr/local/pgsql/bin:/usr/local/bin:/usr/bin:/bin', PGDATA: '/var/lib/postgresql/data' },
      folders: { '/var/lib/postgresql': 0o777, '/docker-entrypoint-initdb.d': 0o755, '/run/postgresql': 0o777 },
      entrypoint: ['docker-entrypoint'],
      cmd: ['postgres'],
      ports: [5432],
    },
  ];
}

/** PostgreSQL looks for its files beside its programs; `initdb` starts them by a shell. */
async function postgresLayer(folder: string): Promise<LayerSpec> {
  const target = '/usr/local/pgsql';
  const bin = join(folder, 'bin');
  const libraries = new Set<string>();
  for (const name of await readdir(bin)) {
    for (const path of await sharedLibraries(join(bin, name))) if (!path.startsWith(folder)) libraries.add(path);
  }
  return {
    files: { [target]: folder, ...Object.fromEntries([...libraries].map((path) => [path, path])) },
    programs: Object.fromEntries(['sh', 'mkdir', 'rm'].map((name) => [`/bin/${name}`, `/bin/${name}`])),
  };
}
