// What other developer tools of this repository (the test cluster, the image maker) build with.
export { paint } from '../cli/paint.ts';
export { progressView } from '../cli/progress-view.ts';
export { cacheFolder, isRoot } from '../env/cache-folder.ts';
export { cloneEnvName } from '../env/env-folder.ts';
export { repoRoot } from '../env/repo-root.ts';
export { findMarked, MARK } from '../process/find-marked.ts';
export { identify, isRunning, type ProcessIdentity, signalProcess } from '../process/identity.ts';
export { waitUntil } from '../process/wait-until.ts';
export type { Progress, Report } from '../progress.ts';
export { ensureModule } from './ensure-tools.ts';
export { findDapr, isProgram } from './find-dapr.ts';
export { findGo } from './find-go.ts';
export { daprModule, type Pin, readPin, type ToolModule } from './pins.ts';
export { withLock } from './with-lock.ts';
