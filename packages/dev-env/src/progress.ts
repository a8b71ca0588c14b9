/** What is going on with one part, for the person who waits. */
export interface Progress {
  part: string;
  state: 'working' | 'starting' | 'ready' | 'waiting' | 'stopped' | 'failed';
  detail?: string;
}

export type Report = (progress: Progress) => void;
