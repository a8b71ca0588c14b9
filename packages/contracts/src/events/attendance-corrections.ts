/** Topic `attendance`: events of corrections. */
export const correctionsEvents = {} as const;
