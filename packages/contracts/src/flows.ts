/** Every Dapr app-id of Muster. One app-id = one service folder = one database (the gateway has none). */
export const apps = ['gateway', 'auth', 'employee', 'attendance', 'events'] as const;
export type App = (typeof apps)[number];

export const PUBSUB = 'pubsub';
export const PHOTOS = 'photos';
export const CLASS_CACHE = 'class-cache';

/** Topics an app may publish to. Pub/sub scopes are generated from this table, so what is missing here cannot be sent. */
export const publishes: Record<App, readonly string[]> = {
  gateway: [],
  auth: ['auth'],
  employee: ['employee'],
  attendance: ['attendance'],
  events: [],
};

/** Topics an app consumes. Its dead-letter topic is implied, see {@link deadLetterTopic}. */
export const subscribes: Record<App, readonly string[]> = {
  gateway: [],
  auth: ['employee'],
  employee: ['auth'],
  attendance: ['employee'],
  events: ['auth', 'employee', 'attendance'],
};

/** Where the sidecar of `app` puts an event that kept failing; the app itself parks it in a table. */
export const deadLetterTopic = (app: App): string => `${app}.dead`;

/** The apps whose inboxes must show an event of `topic` before it has arrived. */
export const subscribersOf = (topic: string): App[] => apps.filter((app) => subscribes[app].includes(topic));
