import type { EventActor, PersonalDataErasure, PersonalDataPage, Role } from '@muster/contracts';
import type { Log, Sql } from '@muster/db';
import type { Photo } from './images/process-photo.ts';

/** A login to be opened at auth. Idempotent by `id`: asking again opens nothing new. */
export interface LoginRequest {
  id: string;
  email: string;
  name: string;
  role: Role;
  password?: string | undefined;
}

/** Auth, as this service needs it. Throws AppErrors: auth's own refusals, or `unavailable`/`timeout` when it is away. */
export interface Logins {
  open(login: LoginRequest, actor: EventActor): Promise<{ invitationToken?: string | undefined }>;
  /** Takes back a login whose person never came to be; one that does not exist is fine, and can no longer be opened. */
  remove(id: string): Promise<void>;
}

/** What one service holds about people. Throws AppError `unavailable`/`timeout` while it is away. */
export interface PersonalDataHolder {
  read(personId: string, cursor: string | undefined): Promise<PersonalDataPage>;
  /** Until it answers that it is done, there is more to do. */
  erase(personId: string): Promise<PersonalDataErasure>;
}

/** Where photos lie. Throws AppError `unavailable`/`timeout` when the store is away. */
export interface PhotoStore {
  create(object: { key: string; bytes: Uint8Array; contentType: string }): Promise<void>;
  get(key: string): Promise<Uint8Array | undefined>;
  delete(key: string): Promise<void>;
}

/** The bounded place where images are decoded. */
export interface PhotoWorkshop {
  /** Runs `upload` when there is room for its bytes. Throws AppError `overloaded` at once when there is none. */
  admit<T>(upload: () => Promise<T>): Promise<T>;
  /** Checks and re-encodes an image. Throws AppErrors for what is no acceptable photo. */
  process(bytes: Uint8Array): Promise<Photo>;
}

/** Everything a verb may use. Built by main.ts; tests put their own in. */
export interface Deps {
  sql: Sql;
  log: Log;
  clock: { now(): Temporal.Instant };
  /** Tells the outbox relay that a commit has left something for it. */
  relay: { wake(): void };
  logins: Logins;
  photos: PhotoStore;
  workshop: PhotoWorkshop;
  /** The other services that hold something about people, by app-id. */
  holders: Readonly<Record<'auth' | 'attendance' | 'events', PersonalDataHolder>>;
  /** How long after the first look of an erasure the second one comes: longer than a revoked token lives. */
  secondLookSeconds: number;
  /** Where people work who registered themselves; cannot be deleted. */
  defaultSite: { id: string; name: string; zone: string };
}
