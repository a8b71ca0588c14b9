import { randomUUID } from 'node:crypto';
import { AppError, type Problem } from '@muster/contracts';
import { isOutage, type Log } from '@muster/db';
import { toFieldErrors, toProblem } from '@muster/service-kit';
import { z } from 'zod';

/** Any error as the problem object that HTTP would have answered. Unexpected ones are logged and tell nothing. */
export function socketProblem(thrown: unknown, log: Log): Problem {
  const requestId = randomUUID();
  if (thrown instanceof AppError) return toProblem(thrown, requestId);
  if (thrown instanceof z.ZodError) {
    const errors = toFieldErrors(thrown, 'body');
    return toProblem(new AppError('invalid_input', 'The message is not valid.', { errors }), requestId);
  }
  if (isOutage(thrown)) {
    log.warn({ requestId, err: thrown }, 'dependency away');
    return toProblem(new AppError('unavailable', 'A part this needs is away. Try again shortly.'), requestId);
  }
  log.error({ requestId, err: thrown }, 'socket message failed');
  return toProblem(new AppError('internal', 'Something went wrong on our side.'), requestId);
}
