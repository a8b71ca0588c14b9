import { layersOf } from './explain-layers.ts';
import type { ExplainedBy, ExplainedDay, ExplainedSpan } from './explanation.ts';
import type { Interval } from './intervals.ts';
import type { PersonRecord } from './person-record.ts';
import { plusDays, startOfDate } from './wall-time.ts';
import { readRecord, type Workings } from './workings.ts';

/** Every minute of a day with the rule, the facts and the version behind it. The counted spans add up to its working time. */
export function explainDay(record: PersonRecord, date: string): ExplainedDay {
  const workings = readRecord(record)(date);
  const layers = layersOf(record, workings);
  const within = frameOf(workings);
  const edges = new Set([within.fromMs, within.toMs]);
  for (const { spans } of layers)
    for (const { fromMs, toMs } of spans)
      for (const edge of [fromMs, toMs]) if (edge > within.fromMs && edge < within.toMs) edges.add(edge);
  const marks = [...edges].sort((a, b) => a - b);
  const spans: ExplainedSpan[] = [];
  for (const [i, fromMs] of marks.slice(0, -1).entries()) {
    const span = { fromMs, toMs: marks[i + 1] ?? within.toMs };
    const layer = layers.find((one) => one.spans.some((cover) => cover.fromMs <= fromMs && cover.toMs >= span.toMs));
    if (!layer) continue;
    const factIds = [...new Set(layer.facts(span))].sort();
    const last = spans.at(-1);
    if (last && last.rule === layer.rule && last.factIds.join() === factIds.join()) last.toMs = span.toMs;
    else spans.push({ ...span, rule: layer.rule, counts: counted.has(layer.rule), factIds, words: layer.words });
  }
  return { employeeId: record.employeeId, date, rules: workings.rules.version, ...within, spans };
}

const counted = new Set<ExplainedBy>([
  'overtime.day',
  'work.off-shift',
  'work.shift',
  'work.first-to-last',
  'break.paid',
]);

/** The local date, and whatever of its shifts and stays lies outside of it. */
function frameOf({ date, zone, windows, time, paired }: Workings): Interval {
  const stays = paired.stays.map(({ fromMs, toMs }) => ({ fromMs, toMs: toMs ?? fromMs }));
  const all = [...windows.map(({ startMs, endMs }) => ({ fromMs: startMs, toMs: endMs })), ...time.presence, ...stays];
  return {
    fromMs: Math.min(startOfDate(date, zone), ...all.map(({ fromMs }) => fromMs)),
    toMs: Math.max(startOfDate(plusDays(date, 1), zone), ...all.map(({ toMs }) => toMs)),
  };
}
