/** Topic `attendance`: events of sync. */
export const syncEvents = {} as const;
