import type { Progress, Report } from '../progress.ts';
import { paint, paintName } from './paint.ts';

// Without a terminal a heartbeat becomes a line of its own: seldom enough for a CI log.
const plainBeatMs = 15_000;

/** Prints progress: one line per part that is ready, and one moving line for what takes long. */
export function progressView(): { report: Report; end(): void } {
  const began = performance.now();
  const started = new Map<string, number>();
  let lastBeat = 0;
  let moving = false;
  const clear = () => {
    if (moving) process.stdout.write('\r\x1b[2K');
    moving = false;
  };
  const line = (mark: string, { part, detail }: Progress) => {
    clear();
    const seconds = (performance.now() - (started.get(part) ?? began)) / 1000;
    console.log(
      `${mark} ${paintName(part, 16)} ${detail ? `${detail} ` : ''}${paint('dim', `${seconds.toFixed(1)} s`)}`,
    );
  };
  const beat = ({ part, detail = '' }: Progress) => {
    const text = `… ${paintName(part, 16)} ${detail}`;
    if (process.stdout.isTTY) {
      clear();
      process.stdout.write(text.slice(0, (process.stdout.columns ?? 120) + 8));
      moving = true;
    } else if (performance.now() - lastBeat > plainBeatMs || lastBeat === 0) {
      lastBeat = performance.now();
      console.log(text);
    }
  };
  return {
    report(progress) {
      if (!started.has(progress.part)) started.set(progress.part, performance.now());
      if (progress.state === 'working') beat(progress);
      else if (progress.state === 'ready') line(paint('green', '✓'), progress);
      else if (progress.state === 'waiting') line(paint('yellow', '!'), { ...progress, detail: 'died, comes back' });
    },
    end: clear,
  };
}
