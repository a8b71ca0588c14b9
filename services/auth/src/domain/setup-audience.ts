/**
 * The audience of access tokens that open nothing but the setting-up of two-factor sign-in. Every service asks for its own
 * audience, so none but auth's own routes for it takes them, whatever routes there will be.
 */
export const setupAudience = (audience: string): string => `${audience}/two-factor-setup`;
