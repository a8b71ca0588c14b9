import path from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const src = path.join(import.meta.dirname, '../src');

it('runs in a browser: nothing of Node is in it', async () => {
  const { metafile, warnings, outputFiles } = await build({
    stdin: {
      contents: "export * from './index.ts'; export * from './storage/browser-storage.ts';",
      resolveDir: src,
      loader: 'ts',
    },
    ...{ bundle: true, platform: 'browser', format: 'esm', metafile: true, write: false, logLevel: 'silent' },
  });
  const imported = Object.values(metafile.inputs).flatMap(({ imports }) => imports.map((one) => one.path));
  expect(imported.filter((one) => one.startsWith('node:'))).toEqual([]);
  expect(warnings).toEqual([]);
  expect(outputFiles[0]?.text).not.toMatch(/\bprocess\.(env|version)\b/);
});
