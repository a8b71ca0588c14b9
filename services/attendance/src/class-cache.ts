import { AppError } from '@muster/contracts';

/** Where marks are cached: values under keys, forgotten after their time. Everything may throw, and does so soon. */
export interface ClassCache {
  /** Undefined where there is none. */
  get(key: string): Promise<unknown>;
  put(key: string, value: object, ttlSeconds: number): Promise<void>;
  /** Dropping what is not there succeeds. */
  drop(key: string): Promise<void>;
}

const none = async (): Promise<never> => {
  throw new AppError('unavailable', 'There is no cache.');
};

/** For a service without one: every answer comes from the database. */
export const noCache: ClassCache = { get: none, put: none, drop: none };
