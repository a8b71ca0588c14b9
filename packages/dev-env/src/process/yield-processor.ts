import { writeFile } from 'node:fs/promises';

/**
 * Lets a process (a session leader, as every part is) yield to the others of this machine, as a small request for processor does in a
 * cluster: 0 as all others, 19 hardly ever while others want to run. A thread's own niceness counts within its session only, where
 * Linux groups by session (`sched_autogroup`); where it does not, this does nothing.
 */
export async function yieldProcessor(pid: number | undefined, niceness: number): Promise<void> {
  if (pid !== undefined) await writeFile(`/proc/${pid}/autogroup`, String(niceness)).catch(() => {});
}
