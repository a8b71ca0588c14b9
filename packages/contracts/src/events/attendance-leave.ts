/** Topic `attendance`: events of leave. */
export const leaveEvents = {} as const;
