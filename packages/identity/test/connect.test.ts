import { createLogger } from '@muster/service-kit';
import { describe, expect, it, vi } from 'vitest';
import { connectIdentity } from '../src/index.ts';
import { signAccessToken } from '../src/token/sign-access-token.ts';
import { audience, claims, issuer, keyPair, sid, sub } from './tokens.ts';

const log = createLogger({ service: 'test', level: 'silent' });

describe('connectIdentity', () => {
  it('asks auth for keys and revocations, and stands when auth falls', async () => {
    const keys = keyPair();
    const state = { down: false, sessions: [] as string[], asked: [] as string[] };
    const invoke = async ({ path }: { path: string }) => {
      state.asked.push(path);
      if (state.down) throw new Error('away');
      return path.endsWith('jwks.json') ? { keys: [keys.jwk] } : { sessions: state.sessions, users: [] };
    };
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { verifier, stop } = connectIdentity({ sidecar: { invoke: invoke as never }, issuer, audience, log });
      const iat = Math.floor(Temporal.Now.instant().epochMilliseconds / 1000);
      const token = await signAccessToken(claims({ iat, exp: iat + 900 }), keys.privateKey, keys.kid);
      expect(await verifier.verify(token)).toMatchObject({ id: sub });
      state.sessions = [sid];
      await vi.advanceTimersByTimeAsync(15_000);
      await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'unauthenticated' });
      state.down = true;
      await vi.advanceTimersByTimeAsync(20_000);
      await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'unauthenticated' });
      const asked = state.asked.length;
      await stop();
      await vi.advanceTimersByTimeAsync(60_000);
      expect(state.asked.length).toBe(asked);
    } finally {
      vi.useRealTimers();
    }
  });
});
