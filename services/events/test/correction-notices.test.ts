import type { EventEnvelope } from '@muster/contracts';
import { v7 } from 'uuid';
import { expect, it } from 'vitest';
import { noticesOf, notificationKinds } from '../src/domain/notices.ts';

const employeeId = v7();
const told = (name: string) => {
  const id = v7();
  const event = { id, type: `attendance.${name}.v1`, data: { id, employeeId, occurredAt: '2026-11-20T08:00:00Z' } };
  return noticesOf(event as unknown as EventEnvelope).map(({ audience, title }) => [audience, title]);
};
const person = { userIds: [employeeId] };
const manager = { managerOf: employeeId };

it('corrections and missed check-outs are told to the person, to whoever manages them, or to both', () => {
  expect(told('correction-requested')).toEqual([[manager, 'A correction waits for you']]);
  expect(told('correction-approved')).toEqual([[person, 'Your attendance was corrected']]);
  expect(told('correction-rejected')).toEqual([[person, 'A correction of your attendance was rejected']]);
  expect(told('correction-withdrawn')).toEqual([]);
  expect(told('auto-checked-out')).toEqual([
    [person, 'You were checked out automatically'],
    [manager, 'Somebody was checked out automatically'],
  ]);
  expect(told('month-locked')).toEqual([]);
  expect(notificationKinds).toEqual(
    expect.arrayContaining(['attendance.correction-requested', 'attendance.auto-checked-out']),
  );
});
