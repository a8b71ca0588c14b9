import { expect, test } from 'vitest';
import { chartFolder } from '../src/render.ts';
import { runTool } from '../src/run-tool.ts';

test.each(['service', 'muster'])('the helm-unittest suites of charts/%s', async (chart) => {
  const { code, stdout, stderr } = await runTool('helm-unittest', ['--with-subchart=false', chartFolder(chart)]);
  expect(code, stdout + stderr).toBe(0);
});
