import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kitMigrations } from '@muster/db';
import { repoRoot } from '@muster/dev-env';
import { build, type Metafile } from 'esbuild';
import { billOfMaterials } from './bill-of-materials.ts';
import { bundledPackages } from './bundled-packages.ts';
import { closureOf, copyPackage, findPackage, type InstalledPackage } from './packages.ts';
import type { ServicePlan } from './service-plan.ts';

/** A service as its image carries it. */
export interface ServiceBundle {
  app: string;
  folder: string;
  /** Every npm package that is in it, bundled or as it was. */
  packages: InstalledPackage[];
}

// What CommonJS expects and a module has not.
const banner = [
  "import { createRequire as __createRequire } from 'node:module';",
  'const require = __createRequire(import.meta.url);',
  'const __filename = import.meta.filename;',
  'const __dirname = import.meta.dirname;',
].join('\n');

/** Writes `<target>/<app>/`: a bundle per entry, native packages, migrations and the list of what is in it. */
export async function bundleService(plan: ServicePlan, target: string): Promise<ServiceBundle> {
  const folder = join(target, plan.app);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const metafile = await bundle(plan, folder);
  const packages = [...(await bundledPackages(metafile)), ...(await carryPackages(plan, folder))];
  if (plan.migrations) {
    await cp(join(plan.source, 'migrations'), join(folder, 'migrations'), { recursive: true });
    await cp(kitMigrations, join(folder, 'kit-migrations'), { recursive: true });
  }
  const { version } = JSON.parse(await readFile(join(repoRoot, 'package.json'), 'utf8')) as { version: string };
  const own = { name: `muster-${plan.app}`, version };
  await writeFile(join(folder, 'package.json'), `${JSON.stringify({ ...own, type: 'module' })}\n`);
  await writeFile(join(folder, 'sbom.cdx.json'), billOfMaterials(own, packages));
  return { app: plan.app, folder, packages };
}

async function bundle({ source, entries, packages }: ServicePlan, outdir: string): Promise<Metafile> {
  const entryPoints: Record<string, string> = {};
  for (const [name, entry] of Object.entries(entries)) {
    const at =
      typeof entry === 'string'
        ? { folder: source, file: entry }
        : { ...entry, ...(await need(entry.package, source)) };
    entryPoints[name] = join(at.folder, at.file);
  }
  const { metafile } = await build({
    entryPoints,
    outdir,
    absWorkingDir: repoRoot,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node26',
    banner: { js: banner },
    // Piscina's optional native part, asked for only by a pool with a priority of its own.
    external: [...packages, '@napi-rs/nice'],
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: 'linked',
    // Lines of our sources in a stack are enough; the text of every dependency is not worth its size.
    sourcesContent: false,
    legalComments: 'linked',
    metafile: true,
    logLevel: 'error',
  });
  return metafile;
}

async function carryPackages(plan: ServicePlan, folder: string): Promise<InstalledPackage[]> {
  const carried: InstalledPackage[] = [];
  for (const name of plan.packages) carried.push(...(await closureOf(name, plan.source)));
  for (const one of carried) await copyPackage(one, folder);
  for (const [name, files] of Object.entries(plan.files)) {
    const one = await need(name, plan.source);
    await copyPackage(one, folder, files);
    carried.push(one);
  }
  return carried;
}

async function need(name: string, from: string): Promise<InstalledPackage> {
  const found = await findPackage(name, from);
  if (found === undefined) throw new Error(`${name} is not installed; run \`make install\``);
  return found;
}
