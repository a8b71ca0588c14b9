/** A sleep that somebody else may end early. */
export interface Pause {
  /** Resolves after `ms`, or as soon as {@link Pause.end} is called. */
  sleep(ms: number): Promise<void>;
  end(): void;
}

export function createPause(): Pause {
  let end = (): void => {};
  return {
    sleep: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        end = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    end: () => end(),
  };
}
