import { syncPath } from '../calls/attendance.ts';
import { isProblem, MusterProblem } from '../errors.ts';
import type { PunchStorage, Trouble } from '../storage/storage.ts';
import type { PunchResult, QueuedPunch, SendPunches } from './queued-punch.ts';

/** What one run of sending came to. */
export interface Flushed {
  /** Taken by the server, now or in an earlier call whose answer was lost. */
  taken: number;
  /** Set aside for the app. */
  troubles: Trouble[];
}

export interface Sender {
  storage: PunchStorage;
  send: SendPunches;
  /** Punches a call, at most 1,000. */
  batch: number;
  now: () => Date;
  /** Until when everything punched here is sent or in the storage, given the instant before a look into it; undefined: not told. */
  completeUntil: (lookedAt: Date) => string | undefined;
}

/**
 * Sends until nothing waits. A punch leaves the storage only after its own result was read: what breaks off in between is sent
 * again and found to be a duplicate. Throws what the client throws; what was settled until then is.
 */
export async function sendWaiting(sender: Sender): Promise<Flushed> {
  const { storage, batch } = sender;
  const flushed: Flushed = { taken: 0, troubles: [] };
  for (let isFirst = true; ; isFirst = false) {
    const lookedAt = sender.now();
    const punches = await storage.waiting(batch);
    const complete = punches.length < batch ? sender.completeUntil(lookedAt) : undefined;
    // A kiosk at which nobody punched says so: absences wait for it.
    if (punches.length === 0 && isFirst && complete !== undefined) await sender.send([], complete);
    if (punches.length === 0) return flushed;
    const settled = await settle(sender, punches, await ask(sender, punches, complete));
    // A server that answers nothing about anything would be asked for ever.
    if (settled.taken + settled.troubles.length === 0) throw new Error('the server gave no result for any punch');
    flushed.taken += settled.taken;
    flushed.troubles.push(...settled.troubles);
    if (complete !== undefined && settled.taken + settled.troubles.length === punches.length) return flushed;
  }
}

/** One unreadable punch must not hold up the others for ever: a call that is refused as a whole is halved until it is alone. */
async function ask(sender: Sender, punches: QueuedPunch[], complete?: string): Promise<readonly PunchResult[]> {
  try {
    return await sender.send(punches, complete);
  } catch (error) {
    // A token that is refused on the way is no fault of any punch.
    const isAboutPunches = error instanceof MusterProblem && error.operation === `POST ${syncPath}`;
    if (!isAboutPunches || !isProblem(error, 'invalid_input', 'invalid_json', 'body_too_large')) throw error;
    const [only] = punches;
    if (only !== undefined && punches.length === 1)
      return [{ clientId: only.clientId, status: 'refused', reason: error.code }];
    const half = Math.ceil(punches.length / 2);
    const earlier = await ask(sender, punches.slice(0, half));
    return [...earlier, ...(await ask(sender, punches.slice(half), complete))];
  }
}

async function settle(sender: Sender, punches: QueuedPunch[], results: readonly PunchResult[]): Promise<Flushed> {
  const sent = new Map(punches.map((punch) => [punch.clientId, punch]));
  const at = sender.now().toISOString();
  const taken: string[] = [];
  const troubles: Trouble[] = [];
  for (const { clientId, status, reason } of results) {
    const punch = sent.get(clientId);
    if (punch === undefined) continue;
    if (status === 'accepted' || status === 'duplicate') taken.push(clientId);
    else troubles.push({ punch, status, reason: reason ?? status, at });
  }
  await sender.storage.settle(taken, troubles);
  return { taken: taken.length, troubles };
}
