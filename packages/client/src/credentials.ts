import { grantTypes, type LoginInput, type Session, session, tokenAnswer } from '@muster/contracts/http/auth';
import { z } from 'zod';
import { isProblem } from './errors.ts';
import type { Request, Transport } from './transport.ts';

/** How this client shows who it is. A person signs in; a kiosk has its device token, a machine its API key. */
export type Credentials = { session: Session } | { deviceToken: string } | { apiKey: string };

/** Keeps an access token that is good, and knows how to get the next one. */
export interface Keeper {
  signIn(input: LoginInput): Promise<Session>;
  /** Ends the session at the server, and forgets it here even where the server is away. */
  signOut(): Promise<void>;
  /** Takes these credentials from now on; undefined: nobody. */
  use(credentials: Credentials | undefined): void;
  /** Sends with a good access token. A 401 gets one new token, then counts. A function is asked for the request each time. */
  send<T>(request: Request<T> | (() => Request<T>)): Promise<T>;
}

export interface KeeperOptions {
  transport: Transport;
  credentials?: Credentials;
  /** Told each new session, to keep it over restarts; undefined when it has ended. */
  onSession?: (session: Session | undefined) => void;
}

// Tokens are renewed before they end: a punch should not wait for two refusals.
const earlyMs = 30_000;

interface Token {
  text: string;
  goodUntil: number;
}

export function createKeeper({ transport, credentials, onSession = () => {} }: KeeperOptions): Keeper {
  let current = credentials;
  // Of a kept session nobody knows how old it is: it is tried until it is refused.
  let token: Token | undefined = credentials && 'session' in credentials ? fresh(credentials.session, 900) : undefined;
  let renewing: Promise<Token> | undefined;

  const take = (next: Session): Session => {
    current = { session: next };
    token = fresh(next, next.expiresIn);
    onSession(next);
    return next;
  };
  const forget = (): void => {
    const had = current;
    current = undefined;
    token = undefined;
    if (had && 'session' in had) onSession(undefined);
  };

  async function renew(): Promise<Token> {
    const by = current;
    if (by === undefined) throw new Error('nobody is signed in');
    if (!('session' in by)) {
      const { access_token: text, expires_in: seconds } = await transport(exchange(by));
      return fresh({ accessToken: text }, seconds);
    }
    const { refreshToken } = by.session;
    const next = await transport(refresh(refreshToken)).catch((error: unknown) => {
      if (isProblem(error, 'unauthenticated', 'refresh_reused', 'invalid_token') && current === by) forget();
      throw error;
    });
    // Somebody signed out, or in as another, meanwhile.
    if (current !== by) throw new Error('the session was ended meanwhile');
    take(next);
    return fresh(next, next.expiresIn);
  }
  const renewed = (): Promise<Token> => {
    renewing ??= renew()
      .then((next) => {
        token = next;
        return next;
      })
      .finally(() => {
        renewing = undefined;
      });
    return renewing;
  };

  async function send<T>(request: Request<T> | (() => Request<T>)): Promise<T> {
    const made = () => (typeof request === 'function' ? request() : request);
    const good = token !== undefined && token.goodUntil > performance.now() ? token : await renewed();
    try {
      return await transport(made(), good.text);
    } catch (error) {
      if (!isProblem(error, 'unauthenticated')) throw error;
      // Another request may have renewed it already.
      const next = token !== undefined && token !== good ? token : await renewed();
      return transport(made(), next.text);
    }
  }

  return {
    signIn: async (body) => take(await transport(login(body))),
    async signOut() {
      const hadSession = current !== undefined && 'session' in current;
      try {
        if (hadSession) await send(logout);
      } finally {
        forget();
      }
    },
    use(next) {
      current = next;
      token = next && 'session' in next ? fresh(next.session, next.session.expiresIn) : undefined;
    },
    send,
  };
}

const fresh = ({ accessToken }: { accessToken: string }, seconds: number): Token => ({
  text: accessToken,
  goodUntil: performance.now() + seconds * 1000 - earlyMs,
});

const login = (body: LoginInput): Request<Session> => ({
  method: 'POST',
  path: '/api/auth/login',
  body,
  answer: session,
  isRepeatable: true,
});

/** Two uses of one refresh token within ten seconds are forgiven, later ones end the session: hence two quick attempts only. */
const refresh = (refreshToken: string): Request<Session> => ({
  method: 'POST',
  path: '/api/auth/refresh',
  body: { refreshToken },
  answer: session,
  isRepeatable: true,
  attempts: 2,
  timeoutMs: 4_000,
});

const logout: Request<undefined> = { method: 'POST', path: '/api/auth/logout', answer: z.undefined() };

function exchange(by: { deviceToken: string } | { apiKey: string }): Request<z.infer<typeof tokenAnswer>> {
  const form: Record<string, string> =
    'deviceToken' in by
      ? { grant_type: grantTypes.device, device_token: by.deviceToken }
      : { grant_type: grantTypes.apiKey, api_key: by.apiKey };
  const body = new URLSearchParams(form);
  return { method: 'POST', path: '/api/auth/token', body, answer: tokenAnswer, isRepeatable: true };
}
