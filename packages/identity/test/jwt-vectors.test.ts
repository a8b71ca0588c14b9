import { createHmac, createSign, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signAccessToken } from '../src/index.ts';
import { b64, claims, keyPair, setup, start, sub } from './tokens.ts';

// Vectors in the manner of Wycheproof, made here: each takes a token that is good and spoils one thing.

const { keys, verifier, state } = setup();
const own = keys.privateKey;
const stranger = keyPair('k1');
const head = { alg: 'ES256', kid: 'k1', typ: 'at+jwt' };
const whole = claims();
const refused = { code: 'unauthenticated', status: 401 };
const now = start.epochMilliseconds / 1000;

const raw = (text: string): string => Buffer.from(text).toString('base64url');
const signBytes = (unsigned: string, key: KeyObject = own): Buffer =>
  sign('sha256', Buffer.from(unsigned), { key, dsaEncoding: 'ieee-p1363' });
/** Signs two parts as they are, well encoded or not. */
const seal = (first: string, second: string, key?: KeyObject): string =>
  `${first}.${second}.${signBytes(`${first}.${second}`, key).toString('base64url')}`;
const token = (header: object = head, payload: object = whole, key?: KeyObject): string =>
  seal(b64(header), b64(payload), key);

const good = token();
const [first = '', second = '', third = ''] = good.split('.');
const unsigned = `${first}.${second}`;
const signature = Buffer.from(third, 'base64url');
const withSignature = (bytes: Uint8Array): string => `${unsigned}.${Buffer.from(bytes).toString('base64url')}`;

const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const bytes32 = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
const rs = (r: bigint, s: bigint): string => withSignature(Buffer.concat([bytes32(r), bytes32(s)]));
const r = BigInt(`0x${signature.subarray(0, 32).toString('hex')}`);
const s = BigInt(`0x${signature.subarray(32).toString('hex')}`);

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** The same bytes, other spare bits in the last character. */
const strayBits = (part: string): string => part.slice(0, -1) + alphabet[alphabet.indexOf(part.at(-1) ?? '') ^ 1];
const hmac = (alg: string, secret: string | Buffer): string => {
  const text = `${b64({ ...head, alg })}.${second}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
};
const curve = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).privateKey;
const attempt = (text: string) => verifier.verify(text);

async function expectRefused(text: string): Promise<void> {
  await expect(attempt(text)).rejects.toMatchObject(refused);
}

it('the token they all begin with is good', async () => {
  expect(await attempt(good)).toMatchObject({ id: sub });
});

describe('signatures', () => {
  it.each<[string, string]>([
    ['r and s 0', rs(0n, 0n)],
    ['r 0', rs(0n, s)],
    ['s 0', rs(r, 0n)],
    ['r and s 1', rs(1n, 1n)],
    ['r the order', rs(n, s)],
    ['s the order', rs(r, n)],
    ['both the order', rs(n, n)],
    ['r over the order', rs(n + 1n, s)],
    ['s over the order', rs(r, n + 1n)],
    ['r the order less one', rs(n - 1n, s)],
    ['all bits set', withSignature(Buffer.alloc(64, 0xff))],
    ['r and s swapped', rs(s, r)],
    ['r negated', rs(n - r, s)],
    ['DER', `${unsigned}.${createSign('sha256').update(unsigned).sign(own).toString('base64url')}`],
    ['a beginning of DER before r and s', withSignature(Buffer.concat([Buffer.from('30440220', 'hex'), signature]))],
    ['none', `${unsigned}.`],
    ['one byte', withSignature(signature.subarray(0, 1))],
    ['r only', withSignature(signature.subarray(0, 32))],
    ['one byte short', withSignature(signature.subarray(0, 63))],
    ['one byte more', withSignature(Buffer.concat([signature, Buffer.alloc(1)]))],
    ['a leading zero byte', withSignature(Buffer.concat([Buffer.alloc(1), signature]))],
    ['r and s of 33 bytes', withSignature(Buffer.concat([Buffer.alloc(1), bytes32(r), Buffer.alloc(1), bytes32(s)]))],
    ['as long as P-384’s', withSignature(Buffer.concat([Buffer.alloc(16), bytes32(r), Buffer.alloc(16), bytes32(s)]))],
    ['twice', withSignature(Buffer.concat([signature, signature]))],
    ['of another key', seal(first, second, stranger.privateKey)],
    ['of a key on P-384', seal(first, second, curve('P-384'))],
    ['of a key on secp256k1', seal(first, second, curve('secp256k1'))],
    [
      'over SHA-384',
      `${unsigned}.${sign('sha384', Buffer.from(unsigned), { key: own, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`,
    ],
    ['over the payload only', `${unsigned}.${signBytes(second).toString('base64url')}`],
    [
      'over the decoded text',
      `${unsigned}.${signBytes(JSON.stringify(head) + JSON.stringify(whole)).toString('base64url')}`,
    ],
    ['of another token of ours', `${unsigned}.${token(head, claims({ role: 'admin' })).split('.')[2]}`],
    ['of an empty text', `${unsigned}.${signBytes('').toString('base64url')}`],
  ])('%s', (_name, text) => expectRefused(text));

  it('s negated is the other signature of the same text, and good: ECDSA has two', async () => {
    expect(await attempt(rs(r, n - s))).toMatchObject({ id: sub });
  });
});

describe('writing', () => {
  const json = JSON.stringify(whole);
  it.each<[string, string]>([
    ['header padded', seal(`${first}=`, second)],
    ['payload padded', seal(first, `${raw(`${json} `)}==`)],
    ['signature padded', `${good}==`],
    ['signature in base64', withSignature(signature).replace(third, signature.toString('base64').replace(/=+$/, '+/'))],
    ['stray bits in the signature', `${unsigned}.${strayBits(third)}`],
    ['a blank before', ` ${good}`],
    ['a blank after', `${good} `],
    ['a line break inside', `${first}.\n${second}.${third}`],
    ['a line break in a signed part', seal(`${first.slice(0, 9)}\n${first.slice(9)}`, second)],
    ['NUL after', `${good}\0`],
    ['percent signs', good.replaceAll('.', '%2E')],
    ['other dots', good.replaceAll('.', '．')],
    ['a dot before', `.${good}`],
    ['a dot after', `${good}.`],
    ['a fourth part', `${good}.AAAA`],
    ['five parts, as of JWE', `${good}.AAAA.AAAA`],
    ['two parts', unsigned],
    ['only dots', '..'],
    ['the JSON serialization', JSON.stringify({ payload: second, protected: first, signature: third })],
    ['header no JSON', seal(raw('ES256'), second)],
    ['header null', seal(raw('null'), second)],
    ['header an array', seal(b64([head]), second)],
    ['header a text', seal(raw('"ES256"'), second)],
    ['header with blanks', seal(raw(JSON.stringify(head, null, 1)), second)],
    ['header with a byte order mark', seal(raw(`\ufeff${JSON.stringify(head)}`), second)],
    ['header no UTF-8', seal(Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url'), second)],
    ['payload empty', seal(first, '')],
    ['payload null', seal(first, raw('null'))],
    ['payload an array', seal(first, b64([whole]))],
    ['payload a number', seal(first, raw('1'))],
    ['payload no JSON', seal(first, raw(json.slice(0, -1)))],
    ['payload with more behind', seal(first, raw(`${json}{}`))],
    ['alg twice, none last', seal(raw('{"alg":"ES256","kid":"k1","typ":"at+jwt","alg":"none"}'), second)],
    ['alg twice, none first', seal(raw('{"alg":"none","kid":"k1","typ":"at+jwt","alg":"ES256"}'), second)],
    ['alg twice, the same', seal(raw('{"alg":"ES256","alg":"ES256","kid":"k1","typ":"at+jwt"}'), second)],
    ['role twice', seal(first, raw(json.replace('{', '{"role":"admin",')))],
    ['exp twice', seal(first, raw(json.replace(/}$/, ',"exp":9999999999}')))],
    ['a claim written with an escape', seal(first, raw(json.replace('"role"', '"rol\\u0065"')))],
    ['exp beyond numbers', seal(first, raw(json.replace(/"exp":\d+/, '"exp":1e999')))],
  ])('%s', (_name, text) => expectRefused(text));
});

describe('headers', () => {
  const algs = [
    'none',
    'None',
    'NONE',
    'nOnE',
    '',
    'es256',
    'ES256 ',
    'ES256K',
    'ES384',
    'ES512',
    'RS256',
    'PS256',
    'EdDSA',
  ];
  it.each([...algs, null, 0, true, ['ES256'], { alg: 'ES256' }, undefined])('alg %j, well signed', (alg) =>
    expectRefused(token({ ...head, alg })),
  );

  it.each(algs)('alg %j without a signature', (alg) => expectRefused(`${b64({ ...head, alg })}.${second}.`));

  const spki = keys.publicKey.export({ format: 'pem', type: 'spki' }).toString();
  const der = keys.publicKey.export({ format: 'der', type: 'spki' });
  const point = Buffer.concat([
    Buffer.from([4]),
    Buffer.from(keys.jwk.x ?? '', 'base64url'),
    Buffer.from(keys.jwk.y ?? '', 'base64url'),
  ]);
  const secrets: [string, string | Buffer][] = [
    ['PEM', spki],
    ['PEM without its last line break', spki.trimEnd()],
    ['DER', der],
    ['JWK', JSON.stringify(keys.jwk)],
    ['x', keys.jwk.x ?? ''],
    ['point', point],
    ['empty text', ''],
    ['kid', 'k1'],
  ];
  it.each(secrets)('HMAC by the public key: %s', async (_name, secret) => {
    for (const alg of ['HS256', 'HS384', 'HS512', 'ES256']) await expectRefused(hmac(alg, secret));
  });

  it.each(['JWT', 'jwt', 'at+JWT', 'application/at+jwt', 'id+jwt', '', null, ['at+jwt'], undefined])('typ %j', (typ) =>
    expectRefused(token({ ...head, typ })),
  );

  it.each([[], ['exp'], ['b64'], ['alg'], 'exp', {}, null, false])('crit %j', (crit) =>
    expectRefused(token({ ...head, crit, b64: true })),
  );

  it.each([
    '',
    '../../../dev/null',
    '/dev/null',
    "k1' or '1'='1",
    "k1'; drop table signing_keys; --",
    '__proto__',
    'constructor',
    'toString',
    'k1\0',
    'K1',
    ' k1',
    'k1 | cat /etc/passwd',
    'https://evil.example/jwks.json',
    'k'.repeat(129),
    0,
    null,
    ['k1'],
    { kid: 'k1' },
    undefined,
  ])('kid %j', (kid) => expectRefused(token({ ...head, kid })));

  const inside = {
    jwk: stranger.jwk,
    jku: 'https://evil.example/jwks.json',
    x5u: 'https://evil.example/cert.pem',
    x5c: [stranger.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')],
    x5t: 'AAAA',
  };
  it.each(Object.entries(inside))('a key inside (%s) is not looked at', async (name, value) => {
    const before = state.fetched;
    await expectRefused(token({ ...head, [name]: value }, whole, stranger.privateKey));
    await expectRefused(token({ ...head, kid: 'mine', [name]: value }, whole, stranger.privateKey));
    expect(await attempt(token({ ...head, [name]: value }))).toMatchObject({ id: sub });
    expect(state.fetched - before).toBeLessThanOrEqual(1);
  });
});

describe('claims', () => {
  it.each<[string, object]>([
    ['expired', { exp: now - 5 }],
    ['exp 0', { exp: 0 }],
    ['exp negative', { exp: -1 }],
    ['exp null', { exp: null }],
    ['exp a fraction', { exp: now + 900.5 }],
    ['exp a text', { exp: String(now + 900) }],
    ['exp true', { exp: true }],
    ['no exp', { exp: undefined }],
    ['exp beyond whole numbers', { exp: 2 ** 60 }],
    ['not yet valid', { nbf: now + 6 }],
    ['nbf a text', { nbf: 'tomorrow' }],
    ['issued in the future', { iat: now + 6 }],
    ['no iat', { iat: undefined }],
    ['iat a text', { iat: String(now) }],
    ['another iss', { iss: 'https://evil.example' }],
    ['iss with a slash', { iss: `${whole.iss}/` }],
    ['iss in capitals', { iss: whole.iss.toUpperCase() }],
    ['iss an array', { iss: [whole.iss] }],
    ['no iss', { iss: undefined }],
    ['another aud', { aud: 'other' }],
    ['aud with ours in it', { aud: 'muster-two' }],
    ['aud an array with ours', { aud: ['other', whole.aud] }],
    ['aud empty', { aud: '' }],
    ['no aud', { aud: undefined }],
    ['sub empty', { sub: '' }],
    ['sub with more behind', { sub: `${sub} or true` }],
    ['sub an array', { sub: [sub] }],
    ['no sid', { sid: undefined }],
    ['ver negative', { ver: -1 }],
    ['ver a text', { ver: '3' }],
    ['no ver', { ver: undefined }],
    ['role an array', { role: ['employee', 'admin'] }],
    ['role in capitals', { role: 'ADMIN' }],
    ['role system', { role: 'system' }],
    ['no role', { role: undefined }],
    ['name an object', { name: { toString: 'x' } }],
  ])('%s', (_name, change) => expectRefused(token(head, { ...whole, ...change })));

  it.each<[string, object]>([
    ['five seconds after exp, not one more', { exp: now - 4 }],
    ['nbf five seconds ahead', { nbf: now + 5 }],
    ['iat five seconds ahead', { iat: now + 5 }],
    ['a claim we do not know', { jti: 'x', __proto__x: 1 }],
  ])('good all the same: %s', async (_name, change) => {
    expect(await attempt(token(head, { ...whole, ...change }))).toMatchObject({ id: sub });
  });
});

describe('whatever else', () => {
  it('a single character that differs makes it worthless, wherever it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: good.length - 1 }),
        fc.constantFrom(...alphabet, '.', '=', '+', '/', ' '),
        async (at, char) => {
          fc.pre(good[at] !== char);
          await expectRefused(good.slice(0, at) + char + good.slice(at + 1));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('any text at all is refused in the same way', async () => {
    const part = fc.oneof(fc.string(), fc.base64String(), fc.json().map(raw), fc.constantFrom(first, second, third));
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 5 }), async (parts) => {
        fc.pre(parts.join('.') !== good);
        await expectRefused(parts.join('.'));
      }),
      { numRuns: 500 },
    );
  });

  it('any header but ours is refused, whatever else it holds', async () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom('ES256', 'k1', 'at+jwt', 'none'));
    const header = fc.record({ alg: value, kid: value, typ: value, crit: value }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(header, async (one) => {
        fc.pre(!(one.alg === 'ES256' && one.kid === 'k1' && one.typ === 'at+jwt' && !('crit' in one)));
        await expectRefused(token(one));
      }),
      { numRuns: 300 },
    );
  });

  it('every name survives signing and verifying', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 120 }), async (name) => {
        expect(await attempt(await signAccessToken(claims({ name }), own, 'k1'))).toMatchObject({ name });
      }),
      { numRuns: 100 },
    );
  });
});
