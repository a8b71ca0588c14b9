/** A machine that signs in by a secret of its own; deleted ones never included. Times are RFC 3339, UTC. */
export interface Client {
  id: string;
  name: string;
  scopes: string[];
  active: boolean;
  version: number;
  tokenVersion: number;
  lastUsedAt: string | null;
  createdAt: string;
  updatedAt: string;
}

/** A key that has not been revoked; acts as its person or as a client. */
export interface ApiKey {
  id: string;
  userId: string | null;
  clientId: string | null;
  hint: string;
  name: string;
  scopes: string[];
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
}

/** A kiosk at a site; removed ones never included. */
export interface Device {
  id: string;
  name: string;
  siteId: string;
  active: boolean;
  version: number;
  tokenVersion: number;
  lastSeenAt: string | null;
  createdAt: string;
  updatedAt: string;
}
