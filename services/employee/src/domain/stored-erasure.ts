import type { App } from '@muster/contracts';
import type { Erasure } from '@muster/contracts/http/privacy';

/** Every service that holds something about people; its own app-id is among them. */
export const erasingServices = ['employee', 'auth', 'attendance', 'events'] as const satisfies App[];
export type ErasingService = (typeof erasingServices)[number];

/** An erasure as stored. Instants are ISO strings in UTC. */
export interface StoredErasure {
  id: string;
  personId: string;
  status: Erasure['status'];
  requestedBy: string;
  requestedAt: string;
  decidedAt: string | null;
  doneAt: string | null;
  steps: { service: ErasingService; doneAt: string | null }[];
}

/** An erasure as clients see it. */
export const describeErasure = (stored: StoredErasure): Erasure => ({
  id: stored.id,
  employeeId: stored.personId,
  status: stored.status,
  requestedAt: stored.requestedAt,
  decidedAt: stored.decidedAt,
  doneAt: stored.doneAt,
  services: stored.steps,
});
