/** A session as sign-in answers it. */
export const signedIn = {
  status: 200,
  body: {
    ...{ accessToken: 'access-1', refreshToken: 'refresh-1', tokenType: 'Bearer', expiresIn: 900 },
    user: {
      ...{ id: '019a0000-0000-7000-8000-00000000a0a0', email: 'ada@example.org', emailVerified: true, username: null },
      ...{ name: 'Ada', role: 'employee', workId: null, workLocation: null },
    },
  },
};

/** What a check-in answers. */
export const openedSession = {
  status: 201,
  body: {
    ...{ id: '019a0000-0000-7000-8000-000000000001', employeeId: '019a0000-0000-7000-8000-00000000a0a0' },
    ...{ siteId: '019a0000-0000-7000-8000-000000000051', date: '2026-11-21', zone: 'Europe/Berlin' },
    ...{ checkInAt: '2026-11-21T08:00:00.000Z', checkOutAt: null, status: 'open', source: 'web', workedMinutes: null },
    ...{ shift: null, late: 0, lateReason: null, earlyExit: 0, earlyExitReason: null },
    ...{ onBreak: false, onBreakSince: null, flags: [], occurredAtSource: 'server' },
  },
};
