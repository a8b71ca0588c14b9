/** A person's leave of one type in one leave year, as far as it limits what can be asked for. Amounts are half days. */
export interface LeaveAccount {
  /** The sum of all entries. */
  balance: number;
  /** Came from the year before, and lapsed of it so far. */
  carriedIn: number;
  lapsed: number;
  /** The last day on which what was carried in is good; null: the whole year. */
  goodUntil: string | null;
  /** Half days on dates up to then that are taken or asked for. */
  usedInTime: number;
}

/** What was carried in and nobody used by its last day: it goes first, and what is left of it lapses. */
export const unusedCarryOver = ({ carriedIn, lapsed, goodUntil, usedInTime }: LeaveAccount): number =>
  goodUntil === null ? 0 : Math.max(0, carriedIn - lapsed - usedInTime);

/** Whether the account has room for half days on these dates, without those that will have lapsed by then. */
export function hasRoom(account: LeaveAccount, dates: readonly string[]): boolean {
  const { goodUntil } = account;
  const inTime = goodUntil === null ? dates.length : dates.filter((date) => date <= goodUntil).length;
  const after = {
    ...account,
    balance: account.balance - dates.length,
    usedInTime: account.usedInTime + inTime,
  };
  return after.balance >= (inTime < dates.length ? unusedCarryOver(after) : 0);
}

/** What lapses once its last day is over: never more than there is. */
export const lapsing = (account: LeaveAccount): number =>
  Math.min(unusedCarryOver(account), Math.max(0, account.balance));

/** What of a leave year that is over goes into the next one, and what is lost. `already`: went there before. A debt goes whole. */
export function carryOver(balance: number, limit: number | null, already: number): { carried: number; lapsed: number } {
  if (balance <= 0 || limit === null) return { carried: balance, lapsed: 0 };
  const carried = Math.min(balance, Math.max(0, limit - already));
  return { carried, lapsed: balance - carried };
}
