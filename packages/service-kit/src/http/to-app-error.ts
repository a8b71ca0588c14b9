import { AppError } from '@muster/contracts';
import { HTTPException } from 'hono/http-exception';

/** Framework errors in our words: what Hono and its validators throw before a handler runs. */
function fromHttpException(error: HTTPException): AppError {
  switch (error.status) {
    case 400:
      return error.message.startsWith('Malformed JSON')
        ? new AppError('invalid_json', 'The body is not valid JSON.')
        : new AppError('invalid_input', 'The body could not be read.');
    case 401:
      return new AppError('unauthenticated', 'Sign in first.');
    case 403:
      return new AppError('forbidden', 'You may not do this.');
    case 404:
      return new AppError('not_found', 'There is nothing here.');
    case 413:
      return new AppError('body_too_large', 'The body is too large.');
    case 415:
      return new AppError('unsupported_media_type', 'This content type is not accepted here.');
    default:
      return new AppError('internal', 'Something went wrong on our side.', { cause: error });
  }
}

/** Maps whatever was thrown. `isOutage` says whether a dependency is away: that is a 503 to retry, not a fault of ours. */
export function toAppError(error: unknown, isOutage: (error: unknown) => boolean): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof HTTPException) return fromHttpException(error);
  if (isOutage(error)) {
    const detail = 'A part this needs is away. Try again shortly.';
    return new AppError('unavailable', detail, { headers: { 'Retry-After': '2' }, cause: error });
  }
  return new AppError('internal', 'Something went wrong on our side.', { cause: error });
}
