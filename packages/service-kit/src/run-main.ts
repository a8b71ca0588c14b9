import { ConfigError } from './config.ts';

/**
 * Runs a service's `main`. A bad environment prints its list and exits 1; any other failure to start prints the error and
 * exits 1. Whatever nobody caught later ends the process too: an unknown state must not go on serving.
 */
export function runMain(main: () => Promise<unknown>): void {
  const fail = (error: unknown): void => {
    console.error(error instanceof ConfigError ? error.message : error);
    process.exit(1);
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  main().catch(fail);
}
