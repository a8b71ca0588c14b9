import { accessSync, constants } from 'node:fs';
import path from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome'];
const fixed = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The Chromium of this machine: `CHROMIUM`, or one on the PATH. Throws with what to install. */
export function findChromium(): string {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const given = process.env.CHROMIUM;
  const candidates = given
    ? [given]
    : [...folders.flatMap((folder) => names.map((name) => path.join(folder, name))), ...fixed];
  const found = candidates.find(isProgram);
  if (found !== undefined) return found;
  throw new Error(
    `${given ? `CHROMIUM=${given} is no program` : 'no Chromium here'}: run \`tools/bootstrap test\`, or install it ` +
      '(Debian, Ubuntu: sudo apt-get install chromium · Fedora: sudo dnf install chromium · macOS: brew install --cask google-chrome)',
  );
}
