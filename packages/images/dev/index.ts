export { devImage } from './dev-image.ts';
export { type InstalledClosure, installedClosure } from './installed-closure.ts';
export { openDoor } from './run/door.ts';
export { join as joinConnections } from './run/join.ts';
export { blobFile, manifestFile, manifestType, putManifest, writeToRegistry } from './write-to-registry.ts';
