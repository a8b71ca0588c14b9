import type { Role } from '@muster/contracts';

/**
 * How far a permission reaches. `own`: oneself. `class`: the classes one teaches. `reports`: the people one manages, directly
 * or through other managers. `site`: the people of one's site. `all`: everybody and everything. Each includes `own`.
 */
export const scopes = ['own', 'class', 'reports', 'site', 'all'] as const;
export type Scope = (typeof scopes)[number];

/** Who may take an action, and how far: a role that is missing may not. */
export type Grants = { readonly [R in Role]?: Scope };

const admins = { admin: 'all' } as const;
const hr = { admin: 'all', hr: 'all' } as const;
const anybody = { admin: 'all', hr: 'all', manager: 'all', employee: 'all', kiosk: 'all', teacher: 'all' } as const;
/** Everybody who is a person. */
const people = { admin: 'all', hr: 'all', manager: 'all', employee: 'all', teacher: 'all' } as const;
/** Everybody who is a person, for themselves: a kiosk is a device. */
const oneself = { admin: 'own', hr: 'own', manager: 'own', employee: 'own', teacher: 'own' } as const;
/** Who decides about whom: managers about the people below them. */
const superiors = { admin: 'all', hr: 'all', manager: 'reports' } as const;
/** Whoever works at a site sees what it offers. */
const atSite = { admin: 'all', hr: 'all', manager: 'site', employee: 'site', teacher: 'site' } as const;
const teachers = { admin: 'all', hr: 'all', teacher: 'class' } as const;
const lineOfCommand = { admin: 'all', hr: 'all', manager: 'reports', employee: 'own', teacher: 'own' } as const;

/**
 * Who may do what: resource × action × role → scope. What is not listed is refused. This table opens the door; where the
 * scope is narrower than `all` the verb narrows the rows by it (`scopeOf`).
 */
export const permissions = {
  /** One's own login: password, sessions, second factors. */
  account: { own: oneself },
  users: { manage: admins },
  invitations: { send: hr },
  devices: { enrol: admins },
  keys: { rotate: admins },
  clients: { manage: admins },
  /** Whoever finds a leaked key must not wait for its owner to end it. */
  'api-keys': { manage: { ...oneself, admin: 'all' } },
  audit: { read: admins },
  employees: {
    create: hr,
    update: hr,
    delete: hr,
    restore: hr,
    photo: hr,
    read: anybody,
    /** Beyond the public fields: see `visibleFields` of the employee service. */
    'read-private': lineOfCommand,
  },
  sites: { read: anybody, manage: hr },
  departments: { read: anybody, manage: hr },
  profile: { own: oneself },
  attendance: {
    punch: oneself,
    /** For whoever stands in front of the device. */
    'punch-others': { kiosk: 'site' },
    /** The PIN one types at a kiosk. */
    pin: oneself,
    'reset-pin': hr,
    read: lineOfCommand,
  },
  /** Punches that were made elsewhere: kept by a phone or a kiosk, or brought in a file. */
  punches: { sync: { ...oneself, kiosk: 'site' }, import: hr },
  corrections: { ask: oneself, read: lineOfCommand, decide: superiors },
  /** A closed month. */
  months: { read: superiors, lock: hr },
  /** Who is there now. */
  live: { read: superiors },
  /** One's own month, too: who is paid by it may read it. */
  timesheets: { read: lineOfCommand, close: hr },
  overtime: { approve: superiors },
  /** The rules by which a site's days are counted. */
  rules: { read: people, manage: hr },
  shifts: { read: people, manage: hr },
  rosters: { read: lineOfCommand, manage: superiors },
  swaps: { ask: oneself, read: lineOfCommand, decide: superiors },
  /** Places of a shift that people of its site pick up. */
  'open-shifts': { read: atSite, pick: oneself, manage: { admin: 'all', hr: 'all', manager: 'site' } },
  /** The secret address of one's roster for a calendar app. */
  calendar: { link: oneself },
  holidays: { read: people, manage: hr },
  leave: { ask: oneself, read: lineOfCommand, decide: superiors, manage: hr },
  classes: { read: teachers, manage: hr, mark: teachers },
  scaling: { read: hr, plan: admins },
  notifications: { own: oneself },
  privacy: {
    /** An archive of everything held about a person. */
    export: { admin: 'all', hr: 'all', manager: 'own', employee: 'own', teacher: 'own' },
    /** Of what one asked for, or what is about oneself: an archive is for nobody else, not even an admin. */
    'read-export': oneself,
    'ask-erasure': { ...oneself, admin: 'all' },
    erase: admins,
  },
} as const satisfies Record<string, Record<string, Grants>>;

type Table = typeof permissions;
/** `resource.action`, for instance `employees.update`. */
export type Action = { [R in keyof Table]: `${R}.${keyof Table[R] & string}` }[keyof Table];

/**
 * What nobody hands on: a key must neither change a password nor make keys, PINs or calendar addresses, or one that leaked could never be
 * ended.
 */
export const firstHand: readonly Action[] = [
  'account.own',
  'clients.manage',
  'api-keys.manage',
  'attendance.pin',
  'calendar.link',
];
