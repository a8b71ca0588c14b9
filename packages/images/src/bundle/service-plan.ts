import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type App, apps } from '@muster/contracts';
import { repoRoot } from '@muster/dev-env';

/** A file that a package does not export, but starts by its path. */
export interface PackageFile {
  package: string;
  file: string;
}

/** What a service's folder under `dist/` is made of. */
export interface ServicePlan {
  app: App;
  /** The service's sources. */
  source: string;
  /** Name of the bundle, without `.js` → file it starts from: of the service, or of a package it uses. */
  entries: Record<string, string | PackageFile>;
  /** Packages that are carried as they are, with what they need at run time. */
  packages: string[];
  /** Of a package, only these files: it is data to us. */
  files: Record<string, string[]>;
  migrations: boolean;
}

type Extra = Partial<Pick<ServicePlan, 'packages' | 'files'>> & { threads?: ServicePlan['entries'] };

const extras: Partial<Record<App, Extra>> = {
  // Piscina starts `worker.js` beside itself, which then imports our worker.
  auth: {
    threads: { worker: { package: 'piscina', file: 'dist/worker.js' }, 'hash-worker': 'src/crypto/hash-worker.ts' },
  },
  employee: { packages: ['sharp'] },
  gateway: { files: { 'swagger-ui-dist': ['swagger-ui.css', 'swagger-ui-bundle.js'] } },
};

/** Every service there is, or those named. Throws for a name that is none. */
export function servicePlans(names: readonly string[] = [], root: string = repoRoot): ServicePlan[] {
  const unknown = names.filter((name) => !(apps as readonly string[]).includes(name));
  if (unknown.length > 0) throw new Error(`No service is called ${unknown.join(', ')}; there are ${apps.join(', ')}`);
  return apps.filter((app) => names.length === 0 || names.includes(app)).map((app) => planOf(app, root));
}

function planOf(app: App, root: string): ServicePlan {
  const source = join(root, 'services', app);
  const { packages = [], files = {}, threads = {} } = extras[app] ?? {};
  const migrations = existsSync(join(source, 'migrations'));
  const entries = { main: 'src/main.ts', ...(migrations && { migrate: 'src/migrate.ts' }), ...threads };
  return { app, source, entries, packages, files, migrations };
}
