import { appendFile } from 'node:fs/promises';

/** Notes a figure for the table at the end of `make k8s-test`. */
export async function note(what: string, value: string): Promise<void> {
  const file = process.env.K8S_FIGURES;
  if (file) await appendFile(file, `${JSON.stringify([what, value])}\n`);
}

/** Runs it and notes how long it took. */
export async function measured<T>(what: string, run: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const value = await run();
  await note(what, `${((performance.now() - began) / 1000).toFixed(1)} s`);
  return value;
}
