import { z } from 'zod';

/** What auth answers to `GET /internal/revocations`: all that was revoked within the life of the oldest access token. */
export const revocationList = z.object({
  sessions: z.array(z.string()),
  users: z.array(z.object({ id: z.string(), minVer: z.int() })),
});
export type RevocationList = z.infer<typeof revocationList>;

export interface Revocations {
  replace(list: RevocationList): void;
  has(claims: { sid: string; sub: string; ver: number }): boolean;
}

/** Sessions that ended and, per user, the lowest token version still good. Looked at on every request, cached or not. */
export function createRevocations(): Revocations {
  let sessions = new Set<string>();
  let users = new Map<string, number>();
  return {
    replace(list) {
      sessions = new Set(list.sessions);
      users = new Map(list.users.map((user) => [user.id, user.minVer]));
    },
    has: ({ sid, sub, ver }) => sessions.has(sid) || ver < (users.get(sub) ?? 0),
  };
}
