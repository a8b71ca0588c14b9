/** Topic `attendance`: events of rosters. */
export const rostersEvents = {} as const;
