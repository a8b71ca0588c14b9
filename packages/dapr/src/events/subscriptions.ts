import { type App, deadLetterTopic, PUBSUB } from '@muster/contracts';

export interface Subscription {
  pubsubname: string;
  topic: string;
  route: string;
  deadLetterTopic?: string;
}

/** What `GET /dapr/subscribe` answers: one entry per topic of the table and one for the app's own dead letters. */
export function subscriptions(appId: App, topics: string[]): Subscription[] {
  const dead = deadLetterTopic(appId);
  return [
    ...topics.map((topic) => ({ pubsubname: PUBSUB, topic, route: `/events/${topic}`, deadLetterTopic: dead })),
    { pubsubname: PUBSUB, topic: dead, route: '/events/dead' },
  ];
}
