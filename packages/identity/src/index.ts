export { type Actor, toEventActor } from './actor.ts';
export {
  actions,
  authorise,
  can,
  clientActions,
  delegable,
  isAction,
  type Permission,
  permissionsOf,
  rolesFor,
  scopeOf,
} from './authorise.ts';
export { connectIdentity, type IdentityOptions } from './connect-identity.ts';
export { type ActorEnv, authenticate, requireRole } from './http/authenticate.ts';
export { clientAddress } from './http/client-address.ts';
export { userAgentOf } from './http/user-agent.ts';
export { type Action, type Grants, permissions, type Scope, scopes } from './permissions.ts';
export { type AccessClaims, accessClaims } from './token/claims.ts';
export { createVerifier, type Verifier, type VerifierOptions } from './token/create-verifier.ts';
export { firstHandOnly } from './token/first-hand-only.ts';
export { type RevocationList, revocationList } from './token/revocations.ts';
export { signAccessToken } from './token/sign-access-token.ts';
export { type RevocationPollOptions, startRevocationPoll } from './token/start-revocation-poll.ts';
