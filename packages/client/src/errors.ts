import { type ErrorCode, errorCodes, type FieldError, problemSchema } from '@muster/contracts';
import { z } from 'zod';

/** A problem as the server described it (RFC 9457). Switch on `code`, never on words; `unknown` is a code of a newer server. */
export class MusterProblem extends Error {
  override readonly name = 'MusterProblem';
  readonly code: ErrorCode | 'unknown';
  readonly status: number;
  readonly detail: string;
  /** One entry per offending field of a 400. */
  readonly errors: readonly FieldError[];
  /** What to name when asking for help; empty where a proxy answered. */
  readonly requestId: string;
  /** Milliseconds after which the server wants to be asked again. */
  readonly retryAfterMs: number | undefined;
  /** Which operation said so, for instance `POST /api/auth/token`: a new access token may have been needed on the way. */
  readonly operation: string;

  constructor(status: number, body: unknown, retryAfterMs?: number, operation = '') {
    const read = anyProblem.safeParse(body);
    const { code, detail, errors, requestId } = read.success ? read.data : noProblem;
    super(`${status} ${code}: ${detail}`);
    this.status = status;
    this.code = (errorCodes as readonly string[]).includes(code) ? (code as ErrorCode) : 'unknown';
    this.detail = detail;
    this.errors = errors ?? [];
    this.requestId = requestId;
    this.retryAfterMs = retryAfterMs;
    this.operation = operation;
  }
}

/** No answer came: no network, a broken connection, or none in time. Whether the request was carried out is not known. */
export class MusterUnreachable extends Error {
  override readonly name = 'MusterUnreachable';
}

/** Whether this is the server's problem of that code. */
export const isProblem = (error: unknown, ...codes: (ErrorCode | 'unknown')[]): error is MusterProblem =>
  error instanceof MusterProblem && codes.includes(error.code);

// A client lives longer than the server it was built with: codes may be added.
const anyProblem = problemSchema.extend({ code: z.string() });
const noProblem = { code: 'unknown', detail: 'The answer is no problem document.', errors: [], requestId: '' };
