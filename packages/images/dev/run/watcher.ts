import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A service under `node --watch`, which can be stopped and started again. */
export interface Watcher {
  start(): void;
  /** Resolves when the service has ended in order. */
  stop(): Promise<void>;
}

export interface WatcherOptions {
  /** The live copy. */
  root: string;
  app: string;
  /** On loopback only: a debugger comes by port-forward. */
  inspectPort: number;
  /** Where compiled code is kept between starts. */
  compileCache: string;
}

/** A service's sources under `node --watch`, not yet started. */
export function createWatcher({ root, app, inspectPort, compileCache }: WatcherOptions): Watcher {
  let child: ChildProcess | undefined;
  const args = [
    '--watch',
    // Folders, not the files Node loaded: `tar` replaces a file, and a watch on the old one sees nothing any more.
    `--watch-path=${root}/services/${app}`,
    `--watch-path=${root}/packages`,
    '--watch-preserve-output',
    `--inspect=127.0.0.1:${inspectPort}`,
    '--enable-source-maps',
    'src/main.ts',
  ];
  return {
    start() {
      const started = spawn(process.execPath, args, {
        cwd: `${root}/services/${app}`,
        stdio: 'inherit',
        env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
      });
      child = started;
      // node --watch outlives any failure of the service; when it ends itself, so does the container.
      started.once('exit', (code) => {
        if (child === started) process.exit(code ?? 1);
      });
    },
    async stop() {
      const ending = child;
      child = undefined;
      if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
      ending.kill('SIGTERM');
      await once(ending, 'exit');
    },
  };
}
