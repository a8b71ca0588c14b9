export { type Answer, type Api, createApi, expectStatus } from './api.ts';
export { reportTable } from './report-table.ts';
export { type SeedResult, seedDemo } from './seed/index.ts';
export { demoPassword } from './seed/people.ts';
export { ensureRegistered, type Session, signIn } from './session.ts';
export { type Audited, awaitAudited } from './shift-change/audit.ts';
export { playShiftChange, type ShiftChangeOptions, type ShiftChangeReport } from './shift-change/index.ts';
export { percentile } from './shift-change/statistics.ts';
