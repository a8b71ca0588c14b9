import { AppError, type PersonalDataPage } from '@muster/contracts';
import type { PersonalDataHolder } from '../../src/deps.ts';

export interface FakeHolder extends PersonalDataHolder {
  /** What it answers, page by page. */
  pages: PersonalDataPage['rows'][];
  /** Calls that an erasure takes. */
  callsToErase: number;
  erased: string[];
  down: boolean;
}

function fakeHolder(): FakeHolder {
  const check = (): void => {
    if (holder.down) throw new AppError('unavailable', 'It cannot be reached.');
  };
  const holder: FakeHolder = {
    pages: [],
    callsToErase: 1,
    erased: [],
    down: false,
    async read(_personId, cursor) {
      check();
      const index = Number(cursor ?? 0);
      const next = index + 1 < holder.pages.length ? String(index + 1) : null;
      return { rows: holder.pages[index] ?? [], next };
    },
    async erase(personId) {
      check();
      holder.erased.push(personId);
      return { done: holder.erased.length >= holder.callsToErase };
    },
  };
  return holder;
}

/** The other services that hold something about people, in memory. */
export const fakeHolders = () => ({ auth: fakeHolder(), attendance: fakeHolder(), events: fakeHolder() });
