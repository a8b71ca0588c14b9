import { bundleServices, distFolder } from '../bundle/bundle-services.ts';
import { collectRuntime } from '../bundle/collect-runtime.ts';
import { printTable } from './print-table.ts';
import { folderSize, megabytes } from './sizes.ts';

/** `bundle [SERVICE…]` */
export async function bundle(services: string[]): Promise<void> {
  const began = performance.now();
  const bundles = await bundleServices(services);
  await collectRuntime(distFolder);
  const rows = await Promise.all(
    bundles.map(async ({ app, folder, packages }) => [
      app,
      megabytes(await folderSize(folder)),
      String(packages.length),
    ]),
  );
  printTable(['service', 'folder', 'npm packages'], rows);
  console.log(`dist/ written in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}
