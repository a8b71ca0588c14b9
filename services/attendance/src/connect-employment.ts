import { type EmploymentAnswer, employmentAnswer } from '@muster/contracts/http/employee-employment';
import type { Sidecar } from '@muster/dapr';

/** Asks the employee service when people were hired and deleted. Throws AppError `unavailable`/`timeout` while it is away. */
export type AskEmployment = (ids: string[]) => Promise<EmploymentAnswer>;

export const connectEmployment =
  (sidecar: Pick<Sidecar, 'invoke'>): AskEmployment =>
  (ids) =>
    sidecar.invoke({
      app: 'employee',
      method: 'POST',
      path: '/internal/employment',
      body: { ids },
      schema: employmentAnswer,
      actor: null,
    });
