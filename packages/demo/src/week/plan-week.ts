import { instantOf, minuteMs, plusDays } from './calendar.ts';
import type { Plan, PlannedDay, PlannedPerson, PlannedPunch, ShiftName, Span } from './plan.ts';

/** One week at one site, as it is lived. */
export function planWeek(zone: string, monday: string, clockChange: string | null): Plan {
  const on = (day: number): string => plusDays(monday, day);
  const at = (date: string, time: string, edge: 'start' | 'end'): number => instantOf(zone, date, time, edge);

  /** A date with one stay a shift: `came` and `left` by the clock of the shift's own day or, past midnight, the next. */
  const work = (day: number, shift: ShiftName, came: string, left: string): PlannedDay => {
    const date = on(day);
    const leftOn = left < came ? plusDays(date, 1) : date;
    const stay = { fromMs: at(date, came, 'start'), toMs: at(leftOn, left, 'end') };
    return { date, shifts: [shift], stays: [stay], breaks: [], punches: punchesOf(stay) };
  };
  const off = (day: number, ...shifts: ShiftName[]): PlannedDay => ({
    ...{ date: on(day), shifts, stays: [], breaks: [], punches: [] },
  });
  const withBreaks = (day: PlannedDay, ...breaks: [string, string][]): PlannedDay => {
    const spans = breaks.map(([from, to]) => ({ fromMs: at(day.date, from, 'start'), toMs: at(day.date, to, 'end') }));
    const punched = spans.flatMap(({ fromMs, toMs }) => [
      { type: 'BREAK_START' as const, atMs: fromMs },
      { type: 'BREAK_END' as const, atMs: toMs },
    ]);
    return { ...day, breaks: spans, punches: [...day.punches, ...punched] };
  };
  const early = (days: number[]): PlannedDay[] => days.map((day) => work(day, 'Early', '05:57', '14:02'));

  const forgot = work(1, 'Early', '05:59', '14:04');
  const mistaken = work(3, 'Late', '13:58', '22:00');
  const wrong = { type: 'IN' as const, atMs: (mistaken.stays[0] as Span).fromMs + 34 * minuteMs };
  const split = (day: number): PlannedDay => {
    const [morning, evening] = [work(day, 'Breakfast', '05:55', '10:00'), work(day, 'Dinner', '16:58', '21:05')];
    return {
      ...{ date: morning.date, shifts: ['Breakfast', 'Dinner'], stays: [...morning.stays, ...evening.stays] },
      ...{ breaks: [], punches: [...morning.punches, ...evening.punches] },
    };
  };
  const closing = work(3, 'Closing', '13:55', '22:25');
  const people: PlannedPerson[] = [
    {
      ...{ name: 'Nadia Night', story: 'nights, one of them when the clocks change', kiosk: 0 },
      days: [...[0, 3, 4, 5].map((day) => work(day, 'Night', '21:56', '06:03')), off(2)],
    },
    {
      ...{ name: 'Oskar Offline', story: 'nights at a kiosk without a network', kiosk: 1 },
      days: [...[1, 4, 5].map((day) => work(day, 'Night', '21:50', '06:10')), off(2)],
    },
    {
      ...{ name: 'Lena Late', story: 'late once, early once', kiosk: 0 },
      days: [...early([0, 4]), work(1, 'Early', '06:17', '14:00'), off(2, 'Early'), work(3, 'Early', '06:05', '13:40')],
    },
    {
      ...{ name: 'Felix Forgot', story: 'forgot to check out; asked, and a manager agreed', kiosk: 0 },
      days: [
        ...early([0, 3, 4]),
        { ...forgot, punches: forgot.punches.filter(({ type }) => type === 'IN') },
        off(2, 'Early'),
      ],
      correction: { change: 'add', type: 'OUT', atMs: (forgot.stays[0] as Span).toMs },
    },
    {
      ...{ name: 'Mia Mistake', story: 'punched late, had come in time', kiosk: 1 },
      days: [
        ...[0, 1, 4].map((day) => work(day, 'Late', '13:55', '22:01')),
        off(2, 'Late'),
        { ...mistaken, punches: [wrong, ...mistaken.punches.slice(1)] },
      ],
      correction: { change: 'replace', wrong, atMs: (mistaken.stays[0] as Span).fromMs },
    },
    {
      ...{ name: 'Uma Urlaub', story: 'a day and a half of leave', kiosk: 0 },
      days: [
        { ...off(0, 'Early'), leave: 'FULL' },
        { ...work(1, 'Early', '05:58', '10:00'), leave: 'SECOND_HALF' },
        off(2, 'Early'),
        ...early([3, 4]),
      ],
    },
    { ...{ name: 'Hugo Holiday', story: 'works on the holiday', kiosk: 1 }, days: early([0, 1, 2, 3, 4]) },
    {
      ...{ name: 'Bea Break', story: 'punches her breaks', kiosk: 0 },
      days: [
        ...[0, 1, 3].map((day) =>
          withBreaks(work(day, 'Early', '05:58', '14:00'), ['09:00', '09:20'], ['11:45', '12:10']),
        ),
        off(2, 'Early'),
        withBreaks(work(4, 'Early', '06:00', '14:00'), ['10:00', '10:15']),
      ],
    },
    {
      ...{ name: 'Sam Split', story: 'two shifts a day', kiosk: 1 },
      days: [...[0, 1, 3, 4].map(split), off(2, 'Early')],
    },
    {
      ...{ name: 'Ana Absent-Minded', story: 'never checked out; was, by a job', kiosk: 0 },
      days: [
        ...[0, 1, 4].map((day) => work(day, 'Closing', '13:58', '22:03')),
        off(2, 'Closing'),
        { ...closing, punches: closing.punches.filter(({ type }) => type === 'IN') },
      ],
    },
    {
      ...{ name: 'Otto Overtime', story: 'stays longer', kiosk: 0 },
      days: [...early([0, 1]), off(2, 'Early'), work(3, 'Early', '05:55', '16:30'), work(4, 'Early', '05:55', '15:15')],
    },
  ];
  return { zone, monday, holiday: on(2), clockChange, people };
}

const punchesOf = ({ fromMs, toMs }: Span): PlannedPunch[] => [
  { type: 'IN', atMs: fromMs },
  { type: 'OUT', atMs: toMs },
];
