import { parser } from '@prometheus-io/lezer-promql';

/** A series an expression asks for: the metric, and the labels it is chosen by. */
export interface Asked {
  metric: string;
  labels: string[];
}

/** What a PromQL expression selects, by Prometheus' own grammar. Throws where it does not parse. */
export function askedIn(expression: string): Asked[] {
  const asked: Asked[] = [];
  let current: Asked | undefined;
  parser.parse(expression).iterate({
    enter(node) {
      const text = expression.slice(node.from, node.to);
      if (node.type.isError) throw new Error(`not PromQL at ${node.from}: ${expression}`);
      if (node.name === 'VectorSelector') {
        current = { metric: '', labels: [] };
        asked.push(current);
      } else if (node.name === 'Identifier' && current) current.metric = text;
      else if (node.name === 'LabelName' && node.matchContext(['UnquotedLabelMatcher'])) current?.labels.push(text);
    },
  });
  return asked;
}

/** Names of all metrics in a scrape, with the labels each of them has somewhere. */
export function exposed(scrape: string): Map<string, Set<string>> {
  const metrics = new Map<string, Set<string>>();
  for (const line of scrape.split('\n')) {
    const [, name, labels = ''] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? /.exec(line) ?? [];
    if (name === undefined) continue;
    const known = metrics.get(name) ?? new Set();
    for (const [, label] of labels.matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g)) if (label) known.add(label);
    metrics.set(name, known);
  }
  return metrics;
}
