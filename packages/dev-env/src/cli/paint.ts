import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Colours when somebody watches (or FORCE_COLOR), plain text into files and pipes. */
export const paint = (style: Style, text: string): string => styleText(style, text, { stream: process.stdout });

const hues = [
  'cyan',
  'green',
  'yellow',
  'magenta',
  'blue',
  'cyanBright',
  'greenBright',
  'yellowBright',
  'magentaBright',
] as const;

/** Always the same colour for the same name. */
export function paintName(name: string, width = name.length): string {
  let sum = 0;
  for (const letter of name.replace(/-dapr$/, '')) sum = (sum * 31 + letter.charCodeAt(0)) % 9973;
  return paint(hues[sum % hues.length] ?? 'cyan', name.padEnd(width));
}
