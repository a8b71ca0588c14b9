/** Topic `attendance`: events of classes. */
export const classesEvents = {} as const;
