/** Topic `attendance`: events of timesheets. */
export const timesheetsEvents = {} as const;
