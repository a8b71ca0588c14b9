import type { AddressRange } from './address-range.ts';

const hour = 3600;

/** How attempts under one counter are limited; see `count_attempt` in the migrations. Times are seconds. */
export interface Limit {
  /** From this many on, the next one waits. */
  free: number;
  /** Attempts forgotten per second. */
  leak: number;
  /** The first wait. */
  first: number;
  /** How many times as long the wait gets by each further attempt. */
  growth: number;
  /** The longest wait. */
  most: number;
}

/** One counter an attempt counts under. `kind` names it in metrics; `name` with it makes it unique. */
export interface Rule extends Limit {
  kind: string;
  name: string;
}

/** Waits that double: 1 s after `free` failures, 15 min from ten further ones on. One failure an hour is forgotten. */
const doubling = (free: number): Limit => ({ free, leak: 1 / hour, first: 1, growth: 2, most: 900 });

/** So many an hour, in any rhythm. */
const hourly = (free: number): Limit => ({ free, leak: free / hour, first: hour / free, growth: 1, most: hour / free });

/** An attempt to sign in, as far as it is known where it comes from. */
export interface SignInOrigin {
  /** What was typed, or the id of who is signed in already: the same whether there is such an account or not. */
  account: string;
  range: AddressRange;
  /** A device this account has signed in on, proven. It has a counter of its own. */
  device?: string | undefined;
  /** The account has signed in from this place before. */
  knownPlace: boolean;
}

/**
 * The counters of a sign-in: its own first, which a success clears. Whoever comes from where the account has signed in
 * before counts there only: no stranger can use up their attempts. `scale` multiplies what many people share.
 */
export function signInRules({ account, range, device, knownPlace }: SignInOrigin, scale: number): Rule[] {
  if (device !== undefined) return [{ kind: 'device', name: `${account} ${device}`, ...doubling(10) }];
  const own: Rule = { kind: 'account-and-place', name: `${account} ${range.place}`, ...doubling(10) };
  if (knownPlace) return [own];
  return [
    own,
    { kind: 'account', name: account, ...doubling(20) },
    { kind: 'place', name: range.place, ...hourly(300 * scale) },
    { kind: 'network', name: range.network, ...hourly(600 * scale) },
    { kind: 'everywhere', name: '', ...hourly(1000 * scale) },
  ];
}

/** Registrations of one place: a whole shift may register on its first day. */
export const registerRules = ({ place }: AddressRange, scale: number): Rule[] => [
  { kind: 'register', name: place, ...hourly(500 * scale) },
];

/** Requests for a mail by people who are not signed in. */
export const forgotPasswordRules = ({ place }: AddressRange, scale: number): Rule[] => [
  { kind: 'forgot-password', name: place, ...hourly(60 * scale) },
];

/** Mails of one kind to one mailbox: three at once, then one in twenty minutes. */
export const mailboxRules = (kind: string, mailbox: string): Rule[] => [
  { kind: 'mailbox', name: `${kind} ${mailbox}`, ...hourly(3) },
];
