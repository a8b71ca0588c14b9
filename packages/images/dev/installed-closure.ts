import { readdir, readFile, readlink, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { repoRoot } from '@muster/dev-env';

/** What a service needs to run from its sources. All paths are relative to the repository's root. */
export interface InstalledClosure {
  /** Folders of the service and of every workspace package it uses, however deep. */
  workspace: string[];
  /** Folders of installed packages, with what lies beside them. */
  installed: string[];
  /** Link → where it points to, as pnpm wrote it. */
  links: Record<string, string>;
}

const store = join('node_modules', '.pnpm');

/** Follows the dependencies of a workspace folder (`services/auth`) as pnpm installed them, without those of development. */
export async function installedClosure(folder: string, root: string = repoRoot): Promise<InstalledClosure> {
  const workspace = new Set<string>();
  const installed = new Set<string>();
  const links: Record<string, string> = {};
  const home = await realpath(root);

  const visitWorkspace = async (path: string): Promise<void> => {
    if (workspace.has(path)) return;
    workspace.add(path);
    const manifest = JSON.parse(await readFile(join(home, path, 'package.json'), 'utf8')) as {
      dependencies?: Record<string, string>;
    };
    for (const name of Object.keys(manifest.dependencies ?? {})) await follow(join(path, 'node_modules', name));
  };

  const follow = async (link: string): Promise<void> => {
    const target = await readlink(join(home, link)).catch(() => {
      throw new Error(`${link} is not installed; run \`make install\``);
    });
    const path = relative(home, await realpath(join(home, link)));
    links[link] = target;
    if (!path.startsWith(store + sep)) return visitWorkspace(path);
    // node_modules/.pnpm/<name@version>/node_modules holds the package and links to what it uses.
    await visitInstalled(path.split(sep).slice(0, 4).join(sep));
  };

  const visitInstalled = async (modules: string): Promise<void> => {
    if (installed.has(modules)) return;
    installed.add(modules);
    for (const item of await readdir(join(home, modules), { withFileTypes: true })) {
      if (item.name === '.bin') continue;
      const scoped = item.name.startsWith('@') ? await readdir(join(home, modules, item.name)) : [''];
      for (const name of scoped) {
        const path = join(modules, item.name, name);
        const isLink = await readlink(join(home, path)).then(
          () => true,
          () => false,
        );
        // A prebuilt binary of another platform is linked to and not there.
        if (isLink && (await stat(join(home, path)).catch(() => undefined))) await follow(path);
      }
    }
  };

  await visitWorkspace(folder);
  return { workspace: [...workspace].sort(), installed: [...installed].sort(), links };
}
