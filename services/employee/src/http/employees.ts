import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { etagOf } from '@muster/contracts';
import {
  createdEmployee,
  createEmployeeBody,
  employeePage,
  employeeView,
  fullEmployee,
  idempotencyHeader,
  ifMatchHeader,
  listEmployeesQuery,
  updateEmployeeBody,
} from '@muster/contracts/http/employee';
import { bearer, commonProblems, created, createRouter, jsonBody, jsonOk, noContent } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { createEmployee } from '../verbs/create-employee.ts';
import { deleteEmployee } from '../verbs/delete-employee.ts';
import { getEmployee } from '../verbs/get-employee.ts';
import { listEmployees } from '../verbs/list-employees.ts';
import { restoreEmployee } from '../verbs/restore-employee.ts';
import { updateEmployee } from '../verbs/update-employee.ts';
import type { HttpEnv } from './env.ts';
import { idParam } from './params.ts';

const shared = { tags: ['employees'], security: bearer };

const create = createRoute({
  ...shared,
  method: 'post',
  path: '/',
  summary: 'Create a person and open their login',
  request: { headers: idempotencyHeader, body: jsonBody(createEmployeeBody) },
  responses: {
    201: created(createdEmployee),
    ...commonProblems('email_taken', 'work_id_taken', 'request_in_progress', 'conflict', 'idempotency_mismatch'),
  },
});

const list = createRoute({
  ...shared,
  method: 'get',
  path: '/',
  summary: 'People, newest first',
  description:
    'Filtering by role is for admin and hr: 403 forbidden for everybody else, who do not see roles. Their search looks at names and positions only.',
  request: { query: listEmployeesQuery },
  responses: { 200: jsonOk(employeePage), ...commonProblems() },
});

const get = createRoute({
  ...shared,
  method: 'get',
  path: '/{id}',
  summary: 'One person',
  request: { params: idParam },
  responses: { 200: jsonOk(employeeView), ...commonProblems('not_found') },
});

const update = createRoute({
  ...shared,
  method: 'patch',
  path: '/{id}',
  summary: 'Change a record; If-Match carries the version it was based on',
  request: { params: idParam, headers: ifMatchHeader, body: jsonBody(updateEmployeeBody) },
  responses: {
    200: jsonOk(fullEmployee),
    ...commonProblems('not_found', 'conflict', 'work_id_taken', 'version_mismatch'),
  },
});

const remove = createRoute({
  ...shared,
  method: 'delete',
  path: '/{id}',
  summary: 'Delete softly; the login is disabled',
  request: { params: idParam, headers: ifMatchHeader },
  responses: { 204: noContent(), ...commonProblems('not_found', 'conflict', 'last_admin', 'version_mismatch') },
});

const restore = createRoute({
  ...shared,
  method: 'post',
  path: '/{id}/restore',
  summary: 'Undo a deletion',
  request: { params: idParam },
  responses: {
    200: jsonOk(fullEmployee),
    ...commonProblems('not_found', 'conflict', 'email_taken', 'work_id_taken'),
  },
});

/** `/api/employees` */
export function employeeRoutes(deps: Deps): OpenAPIHono<HttpEnv> {
  return createRouter<HttpEnv>()
    .openapi(create, async (c) => {
      const key = c.req.valid('header')['idempotency-key'];
      const employee = await createEmployee(deps, c.get('actor'), c.req.valid('json'), key);
      // The answer may carry a one-time token: no cache on the way may keep it.
      const headers = { Location: `/api/employees/${employee.id}`, 'Cache-Control': 'no-store' };
      return c.json(employee, 201, { ...headers, ETag: etagOf(employee.version) });
    })
    .openapi(list, async (c) => c.json(await listEmployees(deps, c.get('actor'), c.req.valid('query')), 200))
    .openapi(get, async (c) => {
      const employee = await getEmployee(deps, c.get('actor'), c.req.valid('param').id);
      if ('version' in employee) c.header('ETag', etagOf(employee.version));
      return c.json(employee, 200);
    })
    .openapi(update, async (c) => {
      const { id } = c.req.valid('param');
      const ifMatch = c.req.valid('header')['if-match'];
      const employee = await updateEmployee(deps, c.get('actor'), id, c.req.valid('json'), ifMatch);
      return c.json(employee, 200, { ETag: etagOf(employee.version) });
    })
    .openapi(remove, async (c) => {
      await deleteEmployee(deps, c.get('actor'), c.req.valid('param').id, c.req.valid('header')['if-match']);
      return c.body(null, 204);
    })
    .openapi(restore, async (c) => {
      const employee = await restoreEmployee(deps, c.get('actor'), c.req.valid('param').id);
      return c.json(employee, 200, { ETag: etagOf(employee.version) });
    });
}
