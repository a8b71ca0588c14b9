import type { AddPasskeyInput, PasskeyLoginInput } from '@muster/contracts/http/auth-passkeys';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';

type Given = AddPasskeyInput['response'] | PasskeyLoginInput['response'];
type Known<T extends Given> = T extends AddPasskeyInput['response']
  ? RegistrationResponseJSON
  : AuthenticationResponseJSON;

/** A response as WebAuthn's types want it: extensions are not asked for, so none are read. */
export const toWebAuthn = <T extends Given>(given: T): Known<T> =>
  ({ ...given, clientExtensionResults: {} }) as unknown as Known<T>;
