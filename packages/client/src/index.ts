export type { Intent } from './calls/attendance.ts';
export { type Client, type ClientOptions, createClient } from './create-client.ts';
export type { Credentials } from './credentials.ts';
export { isProblem, MusterProblem, MusterUnreachable } from './errors.ts';
export { openPunchQueue, type PunchQueue, type PunchQueueOptions } from './queue/open-punch-queue.ts';
export type { NewPunch, QueuedPunch } from './queue/queued-punch.ts';
export type { Flushed } from './queue/send-waiting.ts';
export { type PunchStorage, StorageInUse, type Trouble } from './storage/storage.ts';
export type { Request } from './transport.ts';
