/** A correction that adds a punch to an empty past, at a minute of its own: the same wish twice is refused while the first waits. */
export const pastPunch = () => ({
  change: 'add',
  type: 'IN',
  occurredAt: new Date(Date.UTC(2020, 0, 1) + Math.floor(Math.random() * 1e6) * 60_000).toISOString(),
  reason: 'Access',
});
