import { createPause } from './relay/pause.ts';
import type { Stoppable } from './types.ts';

/** Runs `pass` until stopped, each time after the pause in ms that `pauseMs` names. `pass` must not throw. */
export function startLoop(pass: () => Promise<void>, pauseMs: () => number): Stoppable {
  const pause = createPause();
  let stopping = false;

  async function loop(): Promise<void> {
    while (!stopping) {
      const ms = pauseMs();
      if (ms > 0) await pause.sleep(ms);
      if (!stopping) await pass();
    }
  }

  const running = loop();
  return {
    async stop() {
      stopping = true;
      pause.end();
      await running;
    },
  };
}
