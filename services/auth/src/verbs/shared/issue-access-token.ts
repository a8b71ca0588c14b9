import type { TokenAnswer } from '@muster/contracts/http/auth';
import { type AccessClaims, signAccessToken } from '@muster/identity';
import type { Deps } from '../../deps.ts';

/** What a machine's token says beside origin and times. */
export type MachineClaims = Omit<AccessClaims, 'iss' | 'aud' | 'iat' | 'exp'>;

/** An access token for a machine. It never outlives the credential it was got by (`notAfterS`, Unix seconds). */
export async function issueAccessToken(
  deps: Deps,
  claims: MachineClaims,
  notAfterS: number | null = null,
): Promise<TokenAnswer> {
  const { issuer, audience, accessTokenSeconds } = deps.settings;
  const iat = Math.floor(deps.clock.now().epochMilliseconds / 1000);
  const exp = Math.min(iat + accessTokenSeconds, notAfterS ?? Number.POSITIVE_INFINITY);
  const { privateKey, kid } = await deps.keys.signing();
  const token = await signAccessToken({ ...claims, iss: issuer, aud: audience, iat, exp }, privateKey, kid);
  const { scope } = claims;
  return {
    access_token: token,
    token_type: 'Bearer',
    expires_in: exp - iat,
    ...(scope !== undefined && { scope }),
  };
}
