import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { etagOf, pageQuery } from '@muster/contracts';
import {
  departmentBody,
  departmentPage,
  departmentView,
  idempotencyHeader,
  ifMatchHeader,
} from '@muster/contracts/http/employee';
import { bearer, commonProblems, created, createRouter, jsonBody, jsonOk, noContent } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { createDepartment } from '../verbs/create-department.ts';
import { deleteDepartment } from '../verbs/delete-department.ts';
import { getDepartment } from '../verbs/get-department.ts';
import { listDepartments } from '../verbs/list-departments.ts';
import { renameDepartment } from '../verbs/rename-department.ts';
import type { HttpEnv } from './env.ts';
import { idParam } from './params.ts';

const shared = { tags: ['departments'], security: bearer };

const create = createRoute({
  ...shared,
  method: 'post',
  path: '/',
  summary: 'Create a department',
  request: { headers: idempotencyHeader, body: jsonBody(departmentBody) },
  responses: {
    201: created(departmentView),
    ...commonProblems('name_taken', 'request_in_progress', 'idempotency_mismatch'),
  },
});

const list = createRoute({
  ...shared,
  method: 'get',
  path: '/',
  summary: 'Departments by name',
  request: { query: pageQuery },
  responses: { 200: jsonOk(departmentPage), ...commonProblems() },
});

const get = createRoute({
  ...shared,
  method: 'get',
  path: '/{id}',
  summary: 'One department',
  request: { params: idParam },
  responses: { 200: jsonOk(departmentView), ...commonProblems('not_found') },
});

const update = createRoute({
  ...shared,
  method: 'patch',
  path: '/{id}',
  summary: 'Rename a department',
  request: { params: idParam, headers: ifMatchHeader, body: jsonBody(departmentBody) },
  responses: { 200: jsonOk(departmentView), ...commonProblems('not_found', 'name_taken', 'version_mismatch') },
});

const remove = createRoute({
  ...shared,
  method: 'delete',
  path: '/{id}',
  summary: 'Delete a department nobody belongs to',
  request: { params: idParam },
  responses: { 204: noContent(), ...commonProblems('not_found', 'in_use') },
});

/** `/api/departments` */
export function departmentRoutes(deps: Deps): OpenAPIHono<HttpEnv> {
  return createRouter<HttpEnv>()
    .openapi(create, async (c) => {
      const key = c.req.valid('header')['idempotency-key'];
      const department = await createDepartment(deps, c.get('actor'), c.req.valid('json'), key);
      return c.json(department, 201, {
        Location: `/api/departments/${department.id}`,
        ETag: etagOf(department.version),
      });
    })
    .openapi(list, async (c) => c.json(await listDepartments(deps, c.get('actor'), c.req.valid('query')), 200))
    .openapi(get, async (c) => {
      const department = await getDepartment(deps, c.get('actor'), c.req.valid('param').id);
      return c.json(department, 200, { ETag: etagOf(department.version) });
    })
    .openapi(update, async (c) => {
      const { id } = c.req.valid('param');
      const ifMatch = c.req.valid('header')['if-match'];
      const department = await renameDepartment(deps, c.get('actor'), id, c.req.valid('json'), ifMatch);
      return c.json(department, 200, { ETag: etagOf(department.version) });
    })
    .openapi(remove, async (c) => {
      await deleteDepartment(deps, c.get('actor'), c.req.valid('param').id);
      return c.body(null, 204);
    });
}
