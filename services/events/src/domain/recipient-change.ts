import type { EventEnvelope, Role } from '@muster/contracts';

/** What events of one user say about whom to notify. Versions are the user's; -1 = nothing said. */
export interface RecipientChange {
  userId: string;
  role: Role | null;
  roleVersion: number;
  active: boolean;
  activeVersion: number;
}

// A deletion is final: no version of a late event comes after it.
const finalVersion = 2_147_483_647;

interface UserData {
  userId: string;
  version: number;
  after?: { role?: Role };
}

const readers: Record<string, (data: UserData) => Partial<RecipientChange>> = {
  'auth.user-registered.v1': (data) => ({ ...roleOf(data), active: true, activeVersion: data.version }),
  'auth.login-opened.v1': (data) => ({ ...roleOf(data), active: true, activeVersion: data.version }),
  'auth.user-role-changed.v1': (data) => roleOf(data),
  'auth.login-enabled.v1': (data) => ({ active: true, activeVersion: data.version }),
  'auth.login-disabled.v1': (data) => ({ active: false, activeVersion: data.version }),
  'auth.user-deleted.v1': () => ({ active: false, activeVersion: finalVersion }),
};

const roleOf = (data: UserData): Partial<RecipientChange> => ({
  role: data.after?.role ?? null,
  roleVersion: data.version,
});

/** Folds events of any number and order into one change a user: the highest version wins, for role and activity alone. */
export function foldRecipients(events: readonly EventEnvelope[]): RecipientChange[] {
  const changes = new Map<string, RecipientChange>();
  for (const event of events) {
    const read = readers[event.type];
    if (read === undefined) continue;
    const data = event.data as unknown as UserData;
    const known = changes.get(data.userId);
    const merged = known ?? { userId: data.userId, role: null, roleVersion: -1, active: true, activeVersion: -1 };
    const said = { role: null, roleVersion: -1, active: true, activeVersion: -1, ...read(data) };
    if (said.roleVersion > merged.roleVersion)
      Object.assign(merged, { role: said.role, roleVersion: said.roleVersion });
    if (said.activeVersion > merged.activeVersion) {
      Object.assign(merged, { active: said.active, activeVersion: said.activeVersion });
    }
    changes.set(data.userId, merged);
  }
  return [...changes.values()];
}
