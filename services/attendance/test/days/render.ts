import { deriveDays, deriveWeek, explainDay, type PersonRecord } from '../../src/domain/days/index.ts';
import { recordOf, type Scenario } from './scenario.ts';

/** Hours and minutes of a duration in milliseconds, seconds where there are any: `7:30`, `0:00:05`. */
export function hours(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const two = (n: number): string => String(n).padStart(2, '0');
  const rest = seconds % 60 === 0 ? '' : `:${two(seconds % 60)}`;
  return `${ms < 0 ? '-' : ''}${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}${rest}`;
}

/** What becomes of a scenario, on paper: wall times of the zone, with their offsets. */
export function render(scenario: Scenario): string {
  const record = recordOf(scenario);
  const [from = '', to = from] = [scenario.days[0], scenario.days.at(-1)];
  const days = deriveDays(record, from, to);
  const lines = [scenario.title, '='.repeat(scenario.title.length), ''];
  for (const day of days.filter(({ date }) => scenario.days.includes(date)))
    lines.push(...dayLines(record, day), ...explained(record, day.date), '');
  if (scenario.week !== undefined) {
    const week = deriveWeek(Temporal.Instant.from(scenario.week).epochMilliseconds, days, record.rules);
    const at = clock(record.zone);
    if (week) {
      lines.push(`week of 168 hours ${at(week.fromMs)} – ${at(week.toMs)}`);
      lines.push(`  worked ${hours(week.workedMs)}, overtime of its days ${hours(week.byDayMs)}`);
      lines.push(`  overtime of the week ${hours(week.countedMs)}, weighted ${hours(week.weightedMs)}`, '');
    }
  }
  return lines.join('\n');
}

function dayLines(record: PersonRecord, day: ReturnType<typeof deriveDays>[number]): string[] {
  const at = clock(day.zone);
  const lines = [`${day.date} (${day.zone}, rules ${day.rules}): ${day.status} ${day.flags.join(' ')}`.trimEnd()];
  const say = (name: string, value: string): unknown => lines.push(`  ${name.padEnd(10)} ${value}`);
  for (const s of day.shifts) {
    const unpunctual = [
      s.lateMinutes > 0 ? `late ${s.lateMinutes} min${s.late ? '' : ' (excused)'}` : '',
      s.earlyExitMinutes > 0 ? `early exit ${s.earlyExitMinutes} min${s.earlyExit ? '' : ' (excused)'}` : '',
      s.missed ? 'nobody there' : '',
    ].filter(Boolean);
    say(
      'shift',
      `${s.name} ${at(s.startMs)} – ${at(s.endMs)} = ${hours(s.endMs - s.startMs)}${unpunctual.map((u) => `; ${u}`).join('')}`,
    );
    say('window', `${at(s.windowFromMs)} – ${at(s.windowUntilMs)}`);
  }
  for (const s of day.stays) {
    const until = s.toMs === null ? 'no check-out' : `${at(s.toMs)} ${s.outId}${s.auto ? ' (automatic)' : ''}`;
    say('stay', `${at(s.fromMs)} ${s.inId} – ${until}${s.shiftId === null ? '; off shift' : ''}`);
  }
  for (const b of day.breaks)
    say('break', `${at(b.fromMs)} ${b.startId} – ${b.toMs === null ? '' : at(b.toMs)} ${b.endId ?? ''}`);
  say('expected', hours(day.expectedMs));
  say(
    'worked',
    `${hours(day.workedMs)} (present ${hours(day.presenceMs)}, breaks off ${hours(day.breakMs)}, off shift ${hours(day.offShiftMs)})`,
  );
  if (day.overtime) {
    const { kind, workedMs, countedMs, weightedMs, awaitsApproval } = day.overtime;
    say(
      'overtime',
      `${kind} ${hours(workedMs)}, counts ${hours(countedMs)}, weighted ${hours(weightedMs)}${awaitsApproval ? '; awaits approval' : ''}`,
    );
  }
  const { begin, end, duration } = record.rules.rounding;
  if ((begin ?? end ?? duration) && day.rounded.fromMs !== null && day.rounded.toMs !== null)
    say('rounded', `${at(day.rounded.fromMs)} – ${at(day.rounded.toMs)}, ${hours(day.rounded.workedMs)}`);
  for (const c of day.conflicts) say('conflict', `${c.kind} ${c.factIds.join(', ')}; ${c.countedId ?? 'none'} counts`);
  for (const [name, ids] of [
    ['unpaired', day.unpairedIds],
    ['repeated', day.repeatedIds],
    ['superseded', day.supersededIds],
  ] as const)
    if (ids.length > 0) say(name, ids.join(', '));
  if (day.autoCloseAtMs !== null) say('closes', `by itself with ${at(day.autoCloseAtMs)}`);
  if (day.settlesAtMs !== null) say('settles', `after ${at(day.settlesAtMs)}`);
  return lines;
}

function explained(record: PersonRecord, date: string): string[] {
  const { spans } = explainDay(record, date);
  const at = clock(record.zone);
  return spans.map(({ fromMs, toMs, rule, counts, factIds, words }) => {
    const span = `${at(fromMs)} – ${at(toMs)}`;
    return `    ${span} ${counts ? '+' : ' '}${hours(toMs - fromMs).padStart(5)} ${rule.padEnd(20)} ${words}${factIds.length > 0 ? ` [${factIds.join(', ')}]` : ''}`;
  });
}

/** Writes instants as the wall of a zone shows them, with the offset, since one time may exist twice. */
const clock =
  (zone: string) =>
  (atMs: number): string => {
    const at = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone);
    const time =
      at.second === 0
        ? at.toPlainTime().toString({ smallestUnit: 'minute' })
        : at.toPlainTime().toString({ smallestUnit: 'second' });
    return `${at.toPlainDate().toString().slice(5)} ${time}${at.offset}`;
  };
