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

  it('asks a few times while thousands of invented kids arrive, and every good token passes', async () => {
    const { state, verifier, later, token } = setup();
    const good = await token();
    await verifier.verify(good);
    for (let second = 0; second < 20; second += 1) {
      const invented = Array.from({ length: 100 }, (_, n) =>
        signAccessToken(claims(), keyPair().privateKey, `${second}-${n}`),
      );
      const answers = await Promise.allSettled((await Promise.all(invented)).map((text) => verifier.verify(text)));
      expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
      await verifier.verify(good);
      later(1);
    }
    expect(state.fetched).toBeLessThanOrEqual(5);
  });

  it('knows a new key before it signs and forgets a withdrawn one, when it is reloaded', async () => {
    const { keys, state, verifier, token } = setup();
    const old = await token();
    await verifier.verify(old);
    const next = keyPair('k2');
    state.keys = [next.jwk];
    expect(await verifier.verify(old)).toMatchObject({ id: sub });
    await verifier.reloadKeys();
    expect(await verifier.verify(await signAccessToken(claims(), next.privateKey, 'k2'))).toMatchObject({ id: sub });
    expect(state.fetched).toBe(2);
    await expect(verifier.verify(old)).rejects.toMatchObject({ code: 'unauthenticated' });
    state.keys = [next.jwk, keys.jwk];
    await verifier.reloadKeys();
    await expect(verifier.verify(old)).resolves.toMatchObject({ id: sub });
  });

  it('keeps what it knows when a reload fails', async () => {
    const { state, verifier, token } = setup();
    const text = await token();
    await verifier.verify(text);
    state.down = true;
    await verifier.reloadKeys();
    await expect(verifier.verify(text)).resolves.toMatchObject({ id: sub });
    await expect(verifier.verify(await token({ name: 'New' }))).resolves.toMatchObject({ id: sub });
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
