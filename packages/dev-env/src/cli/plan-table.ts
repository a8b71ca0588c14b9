import type { ScalingPlan } from '@muster/contracts/http/attendance';

/** `2026-11-20T06:00:00.000+01:00` → `Fri 20 06:00`; the wall clock is in the text, whatever zone this machine is in. */
function wallClock(instant: string): string {
  const local = Temporal.PlainDateTime.from(instant.slice(0, 19));
  const day = local.toLocaleString('en-GB', { weekday: 'short', day: '2-digit' });
  return `${day.replace(',', '')} ${instant.slice(11, 16)}`;
}

const offsetOf = (instant: string): string => (instant.endsWith('Z') ? '+00:00' : instant.slice(-6));
const number = (value: number, digits = 0): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** Columns as wide as their widest cell; numbers to the right. */
function columns(rows: readonly (string | number)[][]): string[] {
  const texts = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? number(cell) : cell)));
  const widths = (texts[0] ?? []).map((_, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)));
  const right = (rows.at(-1) ?? []).map((cell) => typeof cell === 'number' || /^[\d,.]+$/.test(cell));
  return texts.map((row) =>
    row
      .map((cell, column) => (right[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

type Quarter = ScalingPlan['quarters'][number];

/** At a site in another zone the clock shows something else: that is said. */
function sitesOf({ sites, startsAt }: Quarter): string {
  return sites
    .map((site) => {
      const there = offsetOf(site.startsAt) === offsetOf(startsAt) ? '' : ` (${site.startsAt.slice(11, 16)} there)`;
      return `${site.name ?? site.siteId} ${number(site.checkIns)}/${number(site.checkOuts)}${there}`;
    })
    .join(', ');
}

/** The plan as an operator reads it: what is expected, then how many pods when. */
export function planTable(plan: ScalingPlan): string {
  const { settings: s, quarters, steps } = plan;
  const more = (capped: boolean): string => (capped ? `more than ${s.maxPods} wanted` : '');
  const expected =
    quarters.length === 0
      ? ['Nobody is planned.']
      : columns([
          ['quarter', 'check-ins', 'check-outs', 'peak/s', 'pods', 'pods from', 'at (in/out)'],
          ...quarters.map((one) => [
            wallClock(one.startsAt),
            one.checkIns,
            one.checkOuts,
            number(one.peakPerSecond, 1),
            one.pods,
            wallClock(one.podsFrom),
            [sitesOf(one), more(one.capped)].filter(Boolean).join('; '),
          ]),
        ]);
  const pods = columns([
    ['from', 'pods', ''],
    ...steps.map((step) => [wallClock(step.from), number(step.pods), more(step.capped)]),
  ]);
  return [
    `attendance from ${wallClock(plan.from)} to ${wallClock(plan.to)}, ${plan.zone} (${offsetOf(plan.from)})`,
    `the plan wants ${plan.now.pods} ${plan.now.pods === 1 ? 'pod' : 'pods'} now${plan.now.capped ? `, and would want more than ${s.maxPods}` : ''}`,
    '',
    ...expected,
    '',
    ...pods,
    '',
    `One pod takes ${number(s.punchesPerPodSecond)} punches a second, the busiest minute is ${s.peakFactor} times the average of its`,
    `quarter, pods are wanted ${s.leadSeconds} s ahead, ${s.minPods} to ${s.maxPods} of them. CPU may scale out beyond the plan.`,
  ].join('\n');
}
