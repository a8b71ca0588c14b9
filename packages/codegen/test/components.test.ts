import { type App, apps, calls, deadLetterTopic, publishes, subscribes } from '@muster/contracts';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { daprComponents } from '../src/index.ts';

const components = daprComponents();
const consumers = apps.filter((app) => subscribes[app].length > 0);

describe('event tables', () => {
  it.each(consumers)('%s handles exactly the topics it subscribes to', async (app) => {
    const module = (await import(`../../../services/${app}/src/events/index.ts`)) as {
      eventTable: (deps: unknown) => Record<string, object>;
    };
    const table = module.eventTable({});
    expect(Object.keys(table).sort()).toEqual([...subscribes[app]].sort());
    for (const handlers of Object.values(table)) expect(Object.keys(handlers)).not.toHaveLength(0);
  });

  it('belong to topics that somebody publishes, never oneself', () => {
    const published = apps.flatMap((app) => publishes[app]);
    for (const app of apps) {
      for (const topic of subscribes[app]) expect(published).toContain(topic);
      expect(subscribes[app].filter((topic) => publishes[app].includes(topic))).toEqual([]);
    }
  });
});

describe('pub/sub scopes', () => {
  const { spec } = parse(components.get('pubsub.yaml') ?? '') as {
    spec: { metadata: { name: string; value: string }[] };
  };
  const scopesOf = (name: string): Map<string, string[]> => {
    const line = spec.metadata.find((entry) => entry.name === name)?.value ?? '';
    return new Map(line.split(';').map((part) => [part.split('=')[0] ?? '', part.split('=')[1]?.split(',') ?? []]));
  };

  it.each(['publishingScopes', 'subscriptionScopes'])('%s hold the dead letters of every consumer, no more', (name) => {
    const scopes = scopesOf(name);
    for (const app of consumers) {
      const topics = name === 'publishingScopes' ? publishes[app] : subscribes[app];
      expect(scopes.get(app)).toEqual([...topics, deadLetterTopic(app)]);
    }
    expect(scopes.has('gateway')).toBe(false);
  });
});

/** Rules of one caller that another one hides: in Dapr's table a rule for a path hides every longer one, wildcard or not. */
function hiddenRules(rules: readonly string[]): string[] {
  const base = (rule: string): string => rule.replace(/\/\*+$/, '');
  return rules.filter((rule, at) =>
    rules.some((other, index) => index !== at && `${base(rule)}/`.startsWith(`${base(other)}/`)),
  );
}

describe('access control', () => {
  it('tells a hidden rule', () => {
    expect(hiddenRules(['/internal/logins', '/internal/logins/*'])).toContain('/internal/logins/*');
    expect(hiddenRules(['/internal/logins/*', '/internal/loginsome', '/readyz'])).toEqual([]);
  });

  const pairs = apps.flatMap((callee) => apps.map((caller) => [caller, callee] as const));
  it.each(pairs)('of %s on %s hides no rule and allows the calls of the contract', (caller, callee) => {
    const { spec } = parse(components.get(`configuration-${callee}.yaml`) ?? '') as {
      spec: {
        accessControl: {
          defaultAction: string;
          policies: {
            appId: App;
            defaultAction: string;
            operations: { name: string; httpVerb: string[]; action: string }[];
          }[];
        };
      };
    };
    const { defaultAction, policies } = spec.accessControl;
    const policy = policies.find(({ appId }) => appId === caller);
    const operations = policy?.operations ?? [];
    expect([defaultAction, policy?.defaultAction ?? 'deny']).toEqual(['deny', 'deny']);
    expect(hiddenRules(operations.map(({ name }) => name))).toEqual([]);
    const agreed = calls.filter((call) => call.caller === caller && call.callee === callee);
    expect(operations).toEqual(
      agreed.map(({ path, verbs }) => ({ name: path, httpVerb: [...verbs], action: 'allow' })),
    );
  });
});
