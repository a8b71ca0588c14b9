import { AppError } from '@muster/contracts';

/** 429 with Retry-After; `detail` is the same whether there is such an account or not. */
export const refuseAttempt = (waitSeconds: number, detail: string): AppError =>
  new AppError('rate_limited', detail, { headers: { 'Retry-After': String(waitSeconds) } });
