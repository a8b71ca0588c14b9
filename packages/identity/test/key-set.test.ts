import { describe, expect, it } from 'vitest';
import { signAccessToken } from '../src/index.ts';
import { claims, keyPair, setup, sub } from './tokens.ts';

describe('key set', () => {
  it('finds a rotated key by fetching again, and keeps the old one while it is listed', async () => {
    const { keys, state, verifier, later, token } = setup();
    await verifier.verify(await token());
    const next = keyPair('k2');
    state.keys = [keys.jwk, next.jwk];
    later(6);
    expect(await verifier.verify(await signAccessToken(claims(), next.privateKey, 'k2'))).toMatchObject({ id: sub });
    expect(await verifier.verify(await token({ name: 'Old key' }))).toMatchObject({ id: sub });
    expect(state.fetched).toBe(2);
  });

  it('asks at most every five seconds, however many unknown kids arrive', async () => {
    const { state, verifier, later, token } = setup();
    await verifier.verify(await token());
    later(6);
    for (let n = 0; n < 20; n += 1) {
      const odd = await signAccessToken(claims(), keyPair().privateKey, `odd-${n}`);
      await expect(verifier.verify(odd)).rejects.toMatchObject({ code: 'unauthenticated' });
    }
    expect(state.fetched).toBe(2);
  });

  it('says unavailable, not unauthenticated, while auth is away; known keys go on', async () => {
    const away = setup();
    away.state.down = true;
    const text = await away.token();
    await expect(away.verifier.verify(text)).rejects.toMatchObject({ code: 'unavailable' });
    away.state.down = false;
    away.later(6);
    await expect(away.verifier.verify(text)).resolves.toMatchObject({ id: sub });
    away.state.down = true;
    away.later(6);
    await expect(away.verifier.verify(await away.token({ name: 'New' }))).resolves.toMatchObject({ id: sub });
  });

  it('passes over keys it cannot use', async () => {
    const { keys, state, verifier, token } = setup();
    state.keys = [null, { kid: 'rsa', kty: 'RSA', n: 'x', e: 'AQAB' }, { ...keyPair('bad').jwk, x: '!' }, keys.jwk];
    await expect(verifier.verify(await token())).resolves.toMatchObject({ id: sub });
  });
});
