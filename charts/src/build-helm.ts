import { ensureModule } from '@muster/dev-env/tools';
import { helmModule } from './helm-module.ts';

/** Before the tests: Helm is built once into the cache, half a minute on a machine that never did. */
export default async function buildHelm(): Promise<void> {
  let told = false;
  const paths = await ensureModule(helmModule, ({ detail }) => {
    if (!told) console.log(`helm: ${detail}`);
    told = true;
  });
  for (const [name, path] of Object.entries(paths)) process.env[`TOOL_${name.toUpperCase().replace('-', '_')}`] = path;
}
