import { decodeClientDataJSON } from '@simplewebauthn/server/helpers';

/**
 * The challenge a response says it signed, or undefined when it cannot be read or comes from a frame inside another site's
 * page: there nobody knows what they agree to.
 */
export function signedChallenge(clientDataJSON: string): string | undefined {
  try {
    const { challenge, crossOrigin } = decodeClientDataJSON(clientDataJSON);
    return typeof challenge === 'string' && crossOrigin !== true ? challenge : undefined;
  } catch {
    return undefined;
  }
}
