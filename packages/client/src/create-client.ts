import type { LoginInput, Session } from '@muster/contracts/http/auth';
import { attendanceCalls } from './calls/attendance.ts';
import { notificationCalls } from './calls/notifications.ts';
import { type Credentials, createKeeper, type KeeperOptions } from './credentials.ts';
import { createTransport, type Request, type TransportOptions } from './transport.ts';

export interface ClientOptions extends TransportOptions, Pick<KeeperOptions, 'onSession'> {
  /** A session kept from before, a kiosk's device token or an API key. Without it: `signIn`. */
  credentials?: Credentials;
}

/** A client of Muster's public API for browsers and Node. */
export interface Client {
  /** 401 `invalid_credentials`, `totp_required`; 429 after too many. */
  signIn(input: LoginInput): Promise<Session>;
  signOut(): Promise<void>;
  use(credentials: Credentials | undefined): void;
  readonly attendance: ReturnType<typeof attendanceCalls>;
  readonly notifications: ReturnType<typeof notificationCalls>;
  /** Any other operation of the API, with the same tokens, retries and errors. */
  send<T>(request: Request<T>): Promise<T>;
}

export function createClient({ credentials, onSession, ...transport }: ClientOptions): Client {
  const keeper = createKeeper({
    transport: createTransport(transport),
    ...(credentials === undefined ? {} : { credentials }),
    ...(onSession === undefined ? {} : { onSession }),
  });
  const { signIn, signOut, use, send } = keeper;
  return {
    ...{ signIn, signOut, use, send },
    attendance: attendanceCalls(keeper),
    notifications: notificationCalls(keeper),
  };
}
