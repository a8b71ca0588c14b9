import os from 'node:os';
import bcrypt from 'bcryptjs';

export type HashTask =
  | { op: 'hash'; password: string; cost: number }
  | { op: 'compare'; password: string; hash: string };

// On Linux 0 means the calling thread: hashing yields to the event loop and to everything else on the machine.
// Elsewhere it would slow the whole process down, so leave it.
if (process.platform === 'linux') os.setPriority(0, os.constants.priority.PRIORITY_BELOW_NORMAL);

/** Runs in a worker thread, which may block. */
export default function run(task: HashTask): string | boolean {
  return task.op === 'hash' ? bcrypt.hashSync(task.password, task.cost) : bcrypt.compareSync(task.password, task.hash);
}
