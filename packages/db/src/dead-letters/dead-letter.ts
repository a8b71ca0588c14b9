/** An event that kept failing, as it is kept until somebody decides. */
export interface DeadLetter {
  id: string;
  /** Absent when the message could not even be parsed. */
  eventId: string | null;
  topic: string;
  type: string | null;
  /** The CloudEvent as it came, or whatever the message was. */
  payload: unknown;
  reason: string | null;
  /** How often it was sent again without success. */
  attempts: number;
  parkedAt: Date;
  lastTriedAt: Date | null;
}
