import { AppError } from '@muster/contracts';
import { redact } from '@muster/service-kit';

/** Why an attempt brought no answer of a service, and whether that attempt surely or probably never reached it. */
export interface Failure {
  error: AppError;
  /** The callee was not reached or broke off: the same request may fare better in a moment. */
  away: boolean;
  /** Not one byte was sent: safe to send again whatever the method. */
  unsent: boolean;
  /** For the log only: names inner addresses. Queries and tokens in paths are left out. */
  cause: string;
}

const unavailable = (): AppError =>
  new AppError('unavailable', 'The service behind this cannot be reached. Try again shortly.', {
    headers: { 'retry-after': '2' },
  });
const late = (): AppError => new AppError('timeout', 'The service behind this took too long.');
const tooLarge = (): AppError => new AppError('body_too_large', 'The body is too large.');
const badPath = (): AppError => new AppError('invalid_path', 'The path holds characters that are not accepted.');
const broken = (): AppError => new AppError('internal', 'Something went wrong on our side.');

// Dapr answers every one of its own failures with 500; the reason stands in the words only.
const reasons: readonly (readonly [RegExp, () => AppError])[] = [
  [/PermissionDenied/, () => new AppError('forbidden', 'You may not do this.')],
  [/stream too large|request body too large|ResourceExhausted/, tooLarge],
  [/InvalidArgument|invalid URL escape|invalid UTF-8/, badPath],
  [/DeadlineExceeded|Client\.Timeout|timed? ?out/i, late],
];

/** Reads an error answer that is not a problem of a service: Dapr's own, or something unforeseen. */
export function failureOf(status: number, body: string): Failure {
  const cause = `${status} ${redact(body.slice(0, 500))}`;
  // A success that no service signed: the sidecar's invention, the callee was not there.
  if (status < 400) return { error: unavailable(), away: true, unsent: false, cause };
  const known = reasons.find(([pattern]) => pattern.test(body));
  if (known) return { error: known[1](), away: false, unsent: false, cause };
  // An answer to HEAD has no words: a bare 500 is Dapr's, since services send problems.
  if (status >= 500 && (body === '' || body.includes('"errorCode"'))) {
    return { error: unavailable(), away: true, unsent: false, cause };
  }
  return { error: plain(status), away: false, unsent: false, cause };
}

function plain(status: number): AppError {
  switch (status) {
    case 400:
      return badPath();
    case 401:
      return new AppError('unauthenticated', 'Sign in first.');
    case 403:
      return new AppError('forbidden', 'You may not do this.');
    case 404:
      return new AppError('not_found', 'There is nothing here.');
    case 413:
      return tooLarge();
    case 502:
    case 503:
      return unavailable();
    case 504:
      return late();
    default:
      return status < 500 ? new AppError('invalid_input', 'The request is not usable.') : broken();
  }
}

const unsentCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);
const lateCodes = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/** What a broken connection to our own sidecar means. */
export function failureFrom(error: Error): Failure {
  if (error instanceof AppError) return { error, away: false, unsent: false, cause: error.message };
  const code = String((error as NodeJS.ErrnoException).code ?? error.name);
  const cause = `${code} ${redact(error.message)}`;
  if (lateCodes.has(code)) return { error: late(), away: false, unsent: false, cause };
  return { error: unavailable(), away: true, unsent: unsentCodes.has(code), cause };
}
