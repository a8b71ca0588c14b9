import { parseArgs } from 'node:util';
import { keyRotationAnswer, type SigningKeyInfo, signingKeyList } from '@muster/contracts/http/auth';
import { expectStatus, signIn } from '@muster/demo';
import { findTarget, withApi } from './target.ts';

/** `rotate-keys` begins a rotation of the signing key, `--list` only shows the keys; here, or at `MUSTER_URL`. */
export async function rotateKeys(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { list: { type: 'boolean' } } });
  const { url, admin } = await findTarget();
  return withApi(url, async (api) => {
    const { accessToken: token } = await signIn(api, admin.email, admin.password);
    if (values.list) {
      const answer = await api.call('GET', '/api/auth/keys', { token, patience: 5 });
      console.log(keyTable(signingKeyList.parse(expectStatus(answer, 200)).keys));
      return 0;
    }
    const answer = await api.call('POST', '/api/auth/keys/rotate', { token, patience: 5 });
    const { made, keys } = keyRotationAnswer.parse(expectStatus(answer, 200));
    console.log(keyTable(keys));
    console.log(made ? '\nA new key is published; nothing else is to be done.' : '\nA rotation is on its way already.');
    return 0;
  });
}

const words: Record<SigningKeyInfo['state'], (key: SigningKeyInfo) => string> = {
  announced: ({ signsFrom }) => `signs from ${minute(signsFrom)}`,
  signing: ({ expiresAt }) => (expiresAt ? `signs; good until ${minute(expiresAt)}` : 'signs'),
  retired: ({ expiresAt }) => `verifies until ${expiresAt ? minute(expiresAt) : 'it is replaced'}`,
};

const minute = (instant: string): string => `${instant.slice(0, 16).replace('T', ' ')}Z`;

/** One line a key, newest first. */
export function keyTable(keys: readonly SigningKeyInfo[]): string {
  const lines = keys.map((key) => `${key.kid}  ${minute(key.createdAt)}  ${words[key.state](key)}`);
  return [`${'key'.padEnd(43)}  made               now`, ...lines].join('\n');
}
