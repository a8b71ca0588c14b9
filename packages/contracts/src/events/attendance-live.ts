/** Topic `attendance`: events of live. */
export const liveEvents = {} as const;
