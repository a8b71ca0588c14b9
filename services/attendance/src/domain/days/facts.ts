export type PunchType = 'IN' | 'OUT' | 'BREAK_START' | 'BREAK_END';

/** A punch as it was accepted; never changed afterwards. */
export interface PunchFact {
  kind: 'punch';
  id: string;
  type: PunchType;
  /** Unix milliseconds. */
  atMs: number;
  source: 'web' | 'mobile' | 'kiosk' | 'offline' | 'import' | 'correction' | 'auto';
  /** IANA zone it was made in: its calendar, wherever the person works by now. Absent: the person's zone. */
  zone?: string | undefined;
}

/**
 * A decided correction. `add` brings a punch, `replace` puts one in the place of `targetId`, `void` takes the target away.
 * The target is a punch or an earlier correction; voiding a correction withdraws it, so what stood before stands again.
 */
export interface CorrectionFact {
  kind: 'correction';
  id: string;
  change: 'add' | 'replace' | 'void';
  /** Null for `add` only. */
  targetId: string | null;
  /** Null for `void` only. */
  punch: { type: PunchType; atMs: number } | null;
  /** When it was approved, Unix milliseconds: of two that contradict each other the later counts for the time being. */
  decidedAtMs: number;
}

/** What is known about a person's presence. A set: order and repetition mean nothing. */
export type Fact = PunchFact | CorrectionFact;

/** A punch that counts once every correction has been heard. */
export interface EffectivePunch {
  /** The fact it comes from: a punch's id, or the correction's. */
  id: string;
  type: PunchType;
  /** Unix milliseconds. */
  atMs: number;
  origin: 'PUNCH' | 'CORRECTION' | 'AUTO';
  /** Of the punch itself, or of the one that a correction replaces. */
  zone: string | undefined;
  /** Of a correction, Unix milliseconds; 0 for punches, which nobody decided. */
  decidedAtMs: number;
}

/** Facts that cannot all be true. One counts until somebody decides; none is lost. */
export interface Conflict {
  kind: 'TWO_CHECK_INS' | 'TWO_CHECK_OUTS' | 'TWO_CORRECTIONS';
  /** Every fact involved, sorted. */
  factIds: string[];
  /** The one that counts meanwhile; null when a correction that voids counts. */
  countedId: string | null;
}
