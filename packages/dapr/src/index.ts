export type { Binding } from './binding/create-binding.ts';
export { type MountEventsOptions, mountEvents } from './events/mount-events.ts';
export type { AnyEvent, EventHandler, EventOf, EventTable, TopicTable } from './events/types.ts';
export { fromSidecar, requireSidecar } from './require-sidecar.ts';
export { type CallingActor, callingActor } from './sidecar/calling-actor.ts';
export { createSidecar, type Sidecar } from './sidecar/create-sidecar.ts';
export type { GuardOptions } from './sidecar/guard.ts';
export type { Invocation } from './sidecar/invoke.ts';
export type { Published } from './sidecar/publish.ts';
