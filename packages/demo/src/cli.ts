// `make demo`: a shift change on the platform that runs. Exit code 1 when a number does not add up.
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { createApi } from './api.ts';
import { type Leg, playShiftChange } from './shift-change/index.ts';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: process.env.MUSTER_URL ?? 'http://localhost:8080' },
    people: { type: 'string', default: '200' },
    'window-seconds': { type: 'string', default: '60' },
    'admin-email': { type: 'string', default: process.env.MUSTER_ADMIN_EMAIL ?? 'admin@muster.local' },
    'admin-password': { type: 'string', default: process.env.MUSTER_ADMIN_PASSWORD ?? 'Muster-admin-1' },
  },
});

const api = createApi(values.url);
const report = await playShiftChange({
  api,
  admin: { email: values['admin-email'], password: values['admin-password'] },
  people: Number(values.people),
  windowMs: Number(values['window-seconds']) * 1000,
  progress: (line) => console.log(`  ${line}`),
});
await api.close();

const ms = (value: number): string => `${value.toFixed(1)} ms`;
const row = (name: string, leg: Leg): (string | number)[] => [
  name,
  leg.accepted,
  `${leg.refused} of ${leg.doubleTaps} double taps`,
  `${leg.sameAnswers} of ${leg.retries}`,
  leg.audited.once,
  leg.seenLive,
  ms(leg.p50Ms),
  ms(leg.p99Ms),
];
const table = new Table({
  head: ['', 'accepted', 'refused', 'retries, same answer', 'audited once', 'seen live', 'p50', 'p99'],
  style: { head: [], border: [] },
});
table.push(row('check-in', report.in), row('check-out', report.out));
console.log(
  `\n${report.people} people, ${report.registered} of them registered just now; administrator notified ${report.notified} times\n${table.toString()}`,
);
console.log(report.faults.length === 0 ? 'Everything adds up.' : `Does not add up:\n  ${report.faults.join('\n  ')}`);
process.exitCode = report.faults.length === 0 ? 0 : 1;
