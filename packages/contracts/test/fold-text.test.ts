import { describe, expect, it } from 'vitest';
import { foldText } from '../src/index.ts';

describe('foldText', () => {
  it.each([
    ['  Élodie\t MÜLLER ', 'elodie muller'],
    ['Straße', 'strasse'],
    ['Łódź', 'lodz'],
    ['Smørrebrød', 'smorrebrod'],
    ['ﬁ', 'ﬁ'],
    ['İstanbul', 'istanbul'],
    ['Ώρα', 'ωρα'],
    ['東京', '東京'],
    ['', ''],
  ])('%j → %j', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it('folding twice changes nothing more', () => {
    for (const text of ['Ǆ É ß', 'Å ångström', 'ĲSSEL']) expect(foldText(foldText(text))).toBe(foldText(text));
  });
});
