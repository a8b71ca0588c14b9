import { waitUntil } from '@muster/dev-env/tools';

/** Waits until the probe says yes; the error tells what it last complained of. */
export async function eventually(what: string, probe: () => Promise<boolean>, limitMs: number): Promise<void> {
  let last: unknown;
  const remembered = () =>
    probe().catch((error) => {
      last = error;
      return false;
    });
  await waitUntil(what, remembered, limitMs).catch((error: Error) => {
    throw new Error(last instanceof Error ? `${error.message}:\n${last.message}` : error.message);
  });
}
