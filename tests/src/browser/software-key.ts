import type { CDPSession, Page } from 'playwright-core';

/** The authenticator that Chromium itself simulates, as if it were built into the machine: a finger that always fits. */
export interface SoftwareKey {
  /** Whether the finger fits. */
  setVerified(isUserVerified: boolean): Promise<void>;
  /** Sets its count of signatures, as a copy from an old backup would have it. */
  setSignCount(signCount: number): Promise<void>;
  signCount(): Promise<number>;
}

/** Gives the page an authenticator of its own. */
export async function plugInSoftwareKey(page: Page): Promise<SoftwareKey> {
  const cdp: CDPSession = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const only = async () => {
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
    const [credential] = credentials;
    if (credential === undefined || credentials.length > 1)
      throw new Error(`${credentials.length} passkeys on the key`);
    return credential;
  };
  return {
    setVerified: (isUserVerified) => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }) as never,
    async setSignCount(signCount) {
      const credential = await only();
      await cdp.send('WebAuthn.clearCredentials', { authenticatorId });
      await cdp.send('WebAuthn.addCredential', { authenticatorId, credential: { ...credential, signCount } });
    },
    signCount: async () => (await only()).signCount,
  };
}
