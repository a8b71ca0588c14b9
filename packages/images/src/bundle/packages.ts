import { cp, mkdir, readFile, realpath } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

/** An installed npm package. */
export interface InstalledPackage {
  name: string;
  version: string;
  license?: string | undefined;
  folder: string;
  dependencies: string[];
}

/** The package called `name` as a module in `from` would get it; undefined when it is not installed. */
export async function findPackage(name: string, from: string): Promise<InstalledPackage | undefined> {
  const path = await Promise.resolve()
    .then(() => findPackageJSON(name, pathToFileURL(join(from, 'package.json'))))
    .catch(() => undefined);
  return path === undefined ? undefined : readPackage(path);
}

/** Reads a `package.json`. */
export async function readPackage(path: string): Promise<InstalledPackage> {
  const text = JSON.parse(await readFile(path, 'utf8')) as {
    name: string;
    version: string;
    license?: string;
    dependencies?: Record<string, string>;
    optionalDependencies?: Record<string, string>;
  };
  const dependencies = Object.keys({ ...text.dependencies, ...text.optionalDependencies });
  const { name, version, license } = text;
  return { name, version, license, folder: await realpath(dirname(path)), dependencies };
}

/** A package and all it needs at run time on this platform. Throws when it is not installed. */
export async function closureOf(name: string, from: string): Promise<InstalledPackage[]> {
  const found = new Map<string, InstalledPackage>();
  const visit = async (wanted: string, base: string, optional: boolean): Promise<void> => {
    if (found.has(wanted)) return;
    const one = await findPackage(wanted, base);
    // Prebuilt binaries are optional dependencies, one per platform; only ours is installed.
    if (one === undefined && optional) return;
    if (one === undefined) throw new Error(`${wanted} is not installed; run \`make install\``);
    found.set(wanted, one);
    for (const next of one.dependencies) await visit(next, one.folder, true);
  };
  await visit(name, from, false);
  return [...found.values()];
}

const needless = /\.(d\.[cm]?ts|md|map|cc|h|gyp|markdown)$/;
const needlessFolders = new Set(['node_modules', 'include', 'glib-2.0', 'install']);

/** Copies what runs of a package to `target/node_modules/<name>`; with `files`, these and its `package.json` and licence. */
export async function copyPackage({ name, folder }: InstalledPackage, target: string, files?: string[]): Promise<void> {
  const to = join(target, 'node_modules', name);
  await mkdir(dirname(to), { recursive: true });
  const kept = files && new Set([...files, 'package.json', 'LICENSE', 'NOTICE']);
  const filter = (source: string): boolean => {
    const path = relative(folder, source);
    if (path === '') return true;
    if (kept) return kept.has(path);
    return !needless.test(path) && !needlessFolders.has(basename(path));
  };
  await cp(folder, to, { recursive: true, dereference: true, filter });
}
