import { z } from 'zod';
import { oneFactor, proof, secondFactor, totpCode, triedPassword } from './auth-proof.ts';

/** `secret` is base32 for typing it in; `qrCode` shows `otpauthUrl` as an SVG in a data URL. */
export const totpSetup = z.object({
  secret: z.string().meta({ example: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' }),
  otpauthUrl: z.string().meta({ example: 'otpauth://totp/Muster:ada%40example.org?secret=JBSWY3DP…&issuer=Muster' }),
  qrCode: z.string().meta({ example: 'data:image/svg+xml;base64,PHN2Zy…' }),
});

export const setupTotpBody = proof;
export const enableTotpBody = z.strictObject({ totp: totpCode.meta({ example: '492039' }) });
export const renewCodesBody = proof;

/** The whole proof, however young the session. */
export const disableTotpBody = z
  .strictObject({ password: triedPassword, ...secondFactor })
  .refine(oneFactor.check, oneFactor);

/** Shown this once: only their hashes are kept. */
export const recoveryCodes = z.object({
  recoveryCodes: z.array(z.string()).meta({ example: ['k7q2-x9d4-fm2v-8hrt-6w3p-n5c0-j1ab'] }),
});

/** What stands between a stranger with the password and the account. */
export const factorState = z.object({
  totp: z.boolean(),
  recoveryCodesLeft: z.int(),
  passkeys: z.int(),
});

export type TotpSetup = z.infer<typeof totpSetup>;
export type EnableTotpInput = z.infer<typeof enableTotpBody>;
export type DisableTotpInput = z.infer<typeof disableTotpBody>;
export type RecoveryCodes = z.infer<typeof recoveryCodes>;
export type FactorState = z.infer<typeof factorState>;
