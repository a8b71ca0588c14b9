import type { ServicePorts } from './env/ports.ts';
import type { Part, PartKind, PartState } from './process/part.ts';
import type { Urls } from './urls.ts';

/** A whole Muster on this machine: real Postgres, Redis, S3, Dapr, and every service with its sidecar. */
export interface Platform {
  readonly name: string;
  /** Folder with its data and logs. */
  readonly folder: string;
  readonly urls: Urls;
  /** Tokens between each service and its sidecar, by app-id: `app` is what the sidecar sends, `dapr` what it wants. */
  readonly tokens: Record<string, { app: string; dapr: string }>;
  readonly admin: { email: string; password: string };
  readonly redisUrl: string;
  /** Starts what does not run yet and resolves when all of it serves. Throws with the end of the log of what failed. */
  start(): Promise<void>;
  /** Ends everything; a throwaway environment is removed. */
  stop(): Promise<void>;
  /**
   * One part: `postgres`, `redis`, `s3`, `mail`, `sentry`, `scheduler`, a service by its app-id, its sidecar as `<app>-dapr`,
   * further processes as `<app>-2` and `<app>-2-dapr`. Throws when there is none of that name.
   */
  part(name: string): Part;
  readonly parts: readonly Part[];
  status(): PartStatus[];
  /** The variables a service's process is started with. */
  env(app: string): Record<string, string>;
  /** Database of a service as its own role; `postgres` is the superuser. */
  sqlUrl(service: string): string;
  /** HTTP address of the (first) sidecar of an app. */
  sidecarUrl(app: string): string;
  /**
   * Starts one more process of a service with a sidecar of its own; resolves when both serve. Events are shared out
   * between them; an invoking sidecar stays with one process as long as that lives.
   */
  addReplica(app: string): Promise<Replica>;
}

/** One more process of a service. */
export interface Replica {
  name: string;
  url: string;
  service: Part;
  sidecar: Part;
  ports: ServicePorts;
}

export interface PartStatus {
  name: string;
  kind: PartKind;
  state: PartState;
  port: number;
  pid: number | undefined;
  restarts: number;
  /** ISO instant since when it serves. */
  since: string | undefined;
}

export const statusOf = (part: Part): PartStatus => ({
  name: part.name,
  kind: part.kind,
  state: part.state,
  port: part.port,
  pid: part.pid,
  restarts: part.restarts,
  since: part.since?.toISOString(),
});
