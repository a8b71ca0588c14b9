const changesSomething = (body: object): boolean => Object.values(body).some((field) => field !== undefined);

/** For `refine`: a PATCH must give at least one field. */
export const atLeastOneField = [changesSomething, 'must change at least one field'] as const;
